import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readLines } from "./lines.ts";

const folder = mkdtempSync(join(tmpdir(), "stepscope-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function linesOf(content: string | Uint8Array): Promise<readonly string[]> {
  const file = join(folder, "file.jsonl");
  writeFileSync(file, content);
  const lines: string[] = [];
  for await (const line of readLines(file, new AbortController().signal)) {
    lines.push(line);
  }
  return lines;
}

it.each([
  ["", []],
  ["a", ["a"]],
  ["a\n", ["a"]],
  ["a\r\n\nb", ["a", "", "b"]],
  ["\ufeffa\n", ["a"]],
  ["a\u2028b\n😀", ["a\u2028b", "😀"]],
])("reads %j as %j", async (content, lines) => {
  expect(await linesOf(content)).toEqual(lines);
});

it("joins what comes in many pieces, a character that is cut by one among it", async () => {
  const long = "é".repeat(300_001);
  expect(await linesOf(`x${long}\n${long}`)).toEqual([`x${long}`, long]);
});

it.each([
  ["UTF-16", Buffer.from("\ufeff{}\n", "utf16le")],
  ["bytes of another encoding", Buffer.from('{}\n{"a":"\xe9"}\n', "latin1")],
  ["a character that is cut off", Buffer.from("😀").subarray(0, 2)],
])("refuses %s", async (_, bytes) => {
  await expect(linesOf(bytes)).rejects.toThrow(/file\.jsonl is not UTF-8 text, from line \d/);
});
