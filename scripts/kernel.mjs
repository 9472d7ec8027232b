// `node scripts/kernel.mjs`: compiles the WebAssembly of block quantization anew after its text was changed.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import createWabt from "wabt";
import { ROOT, runMain } from "./run.mjs";

const TEXT = path.join(ROOT, "src/convert/quantize/block-kernel.wat");
const MODULE = path.join(ROOT, "src/convert/quantize/block-kernel.wasm.ts");

await runMain(async () => {
  const { parseWat } = await createWabt();
  const parsed = parseWat(TEXT, readFileSync(TEXT), { simd: true });
  const { buffer } = parsed.toBinary({});
  const text = Buffer.from(buffer).toString("base64");
  writeFileSync(
    MODULE,
    `/** block-kernel.wat as a module, in base64; made by scripts/kernel.mjs. */\nexport const BLOCK_KERNEL =\n  "${text}";\n`,
  );
  console.log(`${buffer.length} bytes`);
});
