import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import createWabt from "wabt";
import { BLOCK_KERNEL } from "./block-kernel.wasm.ts";

it("is the module that its text says", async () => {
  const file = fileURLToPath(new URL("./block-kernel.wat", import.meta.url));
  const { parseWat } = await createWabt();
  const { buffer } = parseWat(file, readFileSync(file), { simd: true }).toBinary({});
  expect(Buffer.from(buffer).toString("base64")).toBe(BLOCK_KERNEL);
});
