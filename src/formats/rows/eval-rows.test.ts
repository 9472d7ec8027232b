import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readEvalRows } from "./eval-rows.ts";

async function rowsOf(bytes: Uint8Array<ArrayBuffer>) {
  const rows = [];
  for await (const { value, problem } of readEvalRows(new File([bytes], "log.eval"))) {
    rows.push(problem === undefined ? JSON.stringify(value) : "damaged");
  }
  return rows;
}

it.each(["inspect.eval", "inspect-zstd.eval"])("never reads other text from a damaged %s", async (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
  const whole = await rowsOf(bytes);
  const STRIDE = 13;
  for (let at = 0; at < bytes.length; at += STRIDE) {
    const flipped = bytes.with(at, (bytes[at] ?? 0) ^ (1 << (at % 8)));
    const rows = await rowsOf(new Uint8Array(flipped)).catch(() => ["damaged"]);
    expect(
      rows.filter((row) => row !== "damaged" && !whole.includes(row)),
      `byte ${at}`,
    ).toEqual([]);
  }
});
