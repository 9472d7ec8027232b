/** Files made to hang, to fill the memory or to get into prototypes. */
import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildZip } from "../convert/testing/build-zip.ts";
import { MAX_CHAIN_CHARS } from "../core/chain-record.ts";
import { createTextReader, readText } from "./read-text.ts";
import { readBytes, unlessRefused } from "./testing/check-format.ts";

const GOOD = { problem: "p", steps: ["a", "b"], label: 1 };
const bytesOf = (text: string) => new TextEncoder().encode(text);

function lines(...rows: readonly unknown[]): string {
  return rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n");
}

describe("a bad row", () => {
  it("is named with its number and what is wrong; the good ones are kept", async () => {
    const text = lines(
      GOOD,
      { ...GOOD, steps: "a" },
      "{cut",
      { ...GOOD, label: 2 },
      { ...GOOD, steps: ["a", 1] },
      "[1]",
      '"text"',
      "null",
      "5",
      { problem: "p", steps: [] },
      GOOD,
    );
    const { records, reports } = await readBytes(bytesOf(text));
    expect(records.map(({ id }) => id)).toEqual(["1", "11"]);
    expect(reports[0]?.problems).toEqual([
      { row: 2, message: 'its "steps" is not a list' },
      { row: 3, message: "it is not valid JSON, or cut off" },
      { row: 4, message: 'its "label" is 2, but it has 2 steps' },
      { row: 5, message: 'entry 2 of its "steps" is not a text' },
      { row: 6, message: "it is not a JSON object" },
      { row: 7, message: "it is not a JSON object" },
      { row: 8, message: "it is not a JSON object" },
      { row: 9, message: "it is not a JSON object" },
      { row: 10, message: 'its "label" is missing' },
    ]);
  });

  it("does not decide the format, even as the first", () => {
    const { report } = readText(lines({ prompt: "x", response: "y" }, GOOD, GOOD), "data");
    expect(report).toMatchObject({ format: "processbench", recordCount: 2, problemCount: 1 });
    expect(readText(lines("{bad", GOOD), "data").report).toMatchObject({ recordCount: 1, problemCount: 1 });
  });

  it("does not keep another format from reading rows that only bear its names", () => {
    const row = { problem: "p", steps: ["a", "b"], label: "good" };
    expect(readText(lines(row, row), "data").report).toMatchObject({
      format: "generic",
      recordCount: 2,
      problemCount: 0,
    });
    // Where no other can either, what is wrong is said in the words of the one that it was taken for.
    const { report } = readText(lines({ ...GOOD, steps: 1 }, { ...GOOD, steps: 1 }), "data", "processbench");
    expect(report.problems[0]?.message).toBe('its "steps" is not a list');
  });

  it("is counted where there are too many to be listed", () => {
    const { report } = readText(lines(GOOD, ...Array.from({ length: 1000 }, () => "{")), "data");
    expect(report.problemCount).toBe(1000);
    expect(report.problems.length).toBeLessThan(1000);
  });
});

describe("a step without text", () => {
  const read = (row: object) => readText(JSON.stringify(row), "data").records[0];

  it("is left out, and what is said of the others stays with them", () => {
    expect(read({ problem: "p", steps: ["", "a", " ", "b"], label: 3 })).toMatchObject({
      chain: { response: ["a", "b"] },
      firstError: 1,
    });
    expect(read({ problem: "p", steps: ["a", ""], label: -1 })).toMatchObject({ firstError: -1 });
    expect(read({ problem: "p", steps: ["a", "", "b"], label: 1 })).not.toHaveProperty("firstError");
    expect(read({ prompt: "p", completions: ["a", "", "b"], labels: [true, true, false] })).toMatchObject({
      chain: { response: ["a", "b"] },
      labels: ["good", "bad"],
      firstError: 1,
    });
  });
});

describe("steps with tags of thinking in them", () => {
  const read = (steps: readonly string[], label: number) =>
    readText(JSON.stringify({ problem: "p", steps, label }), "data").records[0];

  it("are thinking and response, and what is said of them stays with them", () => {
    expect(read(["<think>", "First.", "Bad step.", "</think>", "So 4."], 2)).toMatchObject({
      chain: { thinking: ["First.", "Bad step."], response: ["So 4."] },
      firstError: 1,
    });
    expect(read(["<think>\nFirst.", "Second.\n</think>\n\nSo 4."], 1)).toMatchObject({
      chain: { thinking: ["\nFirst.", "Second.\n"], response: ["\n\nSo 4."] },
      firstError: 2,
    });
    expect(read(["<think>", "First.", "</think>", "So 4."], 0)).not.toHaveProperty("firstError");
  });

  it("stay as they are where thinking follows a response", () => {
    const steps = ["<think>a</think>", "So 4.", "<think>b</think>"];
    expect(read(steps, -1)).toMatchObject({ chain: { thinking: [], response: steps } });
  });
});

describe("what a source does not say", () => {
  const read = (row: object) => readText(JSON.stringify(row), "data");

  it("stays unsaid: errors of PRMBench in steps that are not there", () => {
    for (const error_steps of [[7], [0], [1.5]]) {
      const [record] = read({ modified_question: "p", modified_process: ["a", "b"], error_steps }).records;
      expect(record).not.toHaveProperty("labels");
      expect(record).not.toHaveProperty("firstError");
      expect(record?.rest).toEqual({ error_steps });
    }
  });

  it("is told of a list of answers that has something else in it", () => {
    const { report } = read({ problem: "p", responses: ["a", null, "c"] });
    expect(report.problems).toEqual([{ row: 1, message: 'entry 2 of its "responses" is no chain' }]);
  });

  it("is told of data that is cut off, though it is shown as text", () => {
    const { records, report } = readText('{"problem":"p","chain":"a","x":[1,2', "data");
    expect(records).toHaveLength(1);
    expect(report.problems).toMatchObject([{ message: "it is not valid JSON, or cut off" }]);
    expect(readText("[Step 1] It is 4.", "data").report.problems).toEqual([]);
  });

  it("costs no good row beside it", () => {
    const { records, report } = read({ data: [{ problem: "p", chain: "a" }, 5] });
    expect(records).toMatchObject([{ problem: "p", chain: "a" }]);
    expect(report.problems).toMatchObject([{ row: 2 }]);
  });
});

describe("nesting", () => {
  const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);

  it.each([
    ["lists", deep("[", "]")],
    ["objects", deep('{"a":', "}")],
    ["lists that never end", "[".repeat(100_000)],
  ])("of 100,000 %s is refused in its row, and is text by itself", (_, value) => {
    const row = `{"problem":"p","steps":["a"],"label":0,"extra":${value}}`;
    const { records, report } = readText(lines(GOOD, row, GOOD), "data");
    expect(records).toHaveLength(2);
    expect(report.problems[0]?.row).toBe(2);
    expect(readText(value, "data").report.format).toBe("text");
  });

  it("that is as deep as it may be can be copied", () => {
    const extra = deep("[", "]").slice(100_000 - 150, 100_000 + 150);
    const { records } = readText(`{"problem":"p","steps":["a"],"label":0,"extra":${extra}}`, "data");
    expect(records[0]?.rest).toHaveProperty("extra");
    expect(() => structuredClone(records)).not.toThrow();
  });
});

describe("size", () => {
  it.each([
    ["one line of brackets", "[".repeat(2_000_000)],
    ["one string that never ends", `["${"\\".repeat(2_000_000)}`],
    ["lines of opening braces", "{\n".repeat(500_000)],
    ["lines of good beginnings", '{"problem":"p","steps":["a"],\n'.repeat(50_000)],
    ["white space before a row", `${" ".repeat(2_000_000)}${JSON.stringify(GOOD)}`],
    ["white space before a letter", `${" ".repeat(999_999)}x`],
    ["NaN and nothing else", `{"a":${"NaN".repeat(500_000)}`],
    ["a step of tags", JSON.stringify({ ...GOOD, steps: ["ки".repeat(200_000)], label: 0 })],
  ])("of %s is read in linear time", (_, text) => {
    // A quadratic reader would run into the test's time limit. What is no data is too long for a chain.
    const { recordCount, problemCount } = readText(text, "data").report;
    expect(recordCount + problemCount).toBeGreaterThan(0);
  });

  it("of a chain inside of a row is refused in its row, and the good rows stay", () => {
    const piece = "lorem ipsum ".repeat(100_000);
    const reader = createTextReader();
    const whole = JSON.stringify({ problem: "p", response: "" });
    reader.push(`${whole.replace('""', '"fine"')}\n${whole.slice(0, -2)}`);
    for (let chars = 0; chars < 100_000_000; chars += piece.length) {
      reader.push(piece);
    }
    reader.push(`"}\n${whole.replace('""', '"fine too"')}\n`);
    const report = reader.finish("data");
    expect(report.problems).toEqual([{ row: 2, message: "its chain has more than 1,000,000 characters" }]);
    const records = reader.take();
    expect(records.map(({ chain }) => chain)).toEqual(["fine", "fine too"]);
    expect(JSON.stringify(records).length).toBeLessThan(1000);
  });

  it.each([
    ["a step", { problem: "p", steps: ["a", "b".repeat(MAX_CHAIN_CHARS)], label: 1 }],
    [
      "many steps",
      { problem: "p", steps: Array.from({ length: 5 }, () => "b".repeat(MAX_CHAIN_CHARS / 4)), label: 1 },
    ],
    ["a candidate", { prompt: "p", answers: ["a", "b".repeat(MAX_CHAIN_CHARS + 1)] }],
    [
      "a thinking",
      { messages: [{ role: "assistant", content: "a", reasoning: "b".repeat(MAX_CHAIN_CHARS) }] },
    ],
  ])("of %s beyond any chain's is refused too", (_, row) => {
    expect(readText(JSON.stringify(row), "data").report).toMatchObject({
      recordCount: 0,
      problems: [{ row: 1, message: "its chain has more than 1,000,000 characters" }],
    });
  });

  it("of a problem is refused like a chain's", () => {
    const row = { problem: "b".repeat(MAX_CHAIN_CHARS + 1), steps: ["a"], label: 0 };
    expect(readText(lines(GOOD, row), "data").report.problems).toEqual([
      { row: 2, message: "its problem has more than 1,000,000 characters" },
    ]);
  });

  it("of a text beyond any chain is refused in one sentence, unless it is data", async () => {
    await expect(readBytes(bytesOf("x".repeat(MAX_CHAIN_CHARS + 1)))).rejects.toThrow(
      "data: it is too long for a chain of thought",
    );
    const row = JSON.stringify({ ...GOOD, steps: ["a", "b".repeat(900_000)] });
    const { records } = await readBytes(bytesOf(lines(row, row, row, row, row)));
    expect(records).toHaveLength(5);
  });
});

describe("compressed data", () => {
  const sample = bytesOf('{"id":1,"epoch":1,"input":"p","target":"t","messages":[]}');

  it("is read when it is a text", async () => {
    const { records } = await readBytes(new Uint8Array(gzipSync(lines(GOOD, GOOD))));
    expect(records).toHaveLength(2);
  });

  it("of a zip that unpacks to more than it declares is refused entry by entry", async () => {
    const packed = new Uint8Array(deflateRawSync(new Uint8Array(10_000_000)));
    const declared = { size: 100, storedSize: packed.length };
    const zip = buildZip([{ name: "samples/1_epoch_1.json", bytes: packed, method: 8, declared }]);
    await expect(readBytes(new Uint8Array(zip))).rejects.toThrow(/unpacks to more than is declared/);
  });

  it("of a zip that declares more than fits is not unpacked at all", async () => {
    const huge = { size: 65 * 2 ** 20, storedSize: sample.length };
    const one = buildZip([{ name: "samples/1_epoch_1.json", bytes: sample, method: 8, declared: huge }]);
    await expect(readBytes(new Uint8Array(one))).rejects.toThrow(/unpacks to more than 64 MB/);
    const many = Array.from({ length: 20 }, (_, index) => ({
      name: `samples/${index}_epoch_1.json`,
      bytes: sample,
      method: 8,
      declared: { ...huge, size: 60 * 2 ** 20 },
    }));
    await expect(readBytes(new Uint8Array(buildZip(many)))).rejects.toThrow(/unpacks to more than 1024 MB/);
  });

  it("of a zip that is no log is said to be none", async () => {
    const zip = buildZip([{ name: "a.txt", bytes: sample }]);
    await expect(readBytes(new Uint8Array(zip))).rejects.toThrow(
      "it is a zip without the samples of an Inspect log",
    );
  });
});

describe("any JSON", () => {
  it("gives records or the text itself", async () => {
    const names = [
      "problem",
      "steps",
      "label",
      "messages",
      "conversations",
      "response",
      "prompt",
      "completions",
    ];
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 0, 1, -1, "", "a", "+", "ки"),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names, "role", "content", "__proto__"), tie("any"), { maxKeys: 4 }),
      ),
    })).any;
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 4 }), async (rows) => {
        await unlessRefused(() => readText(lines(...rows), "data"));
        await unlessRefused(() => readText(JSON.stringify(rows, null, 2), "data"));
      }),
    );
  });
});
