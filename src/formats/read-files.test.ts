import { expect, it } from "vitest";
import type { IntakeProgress } from "../core/intake.ts";
import { fileIntake } from "./read-files.ts";
import { readText } from "./read-text.ts";
import { readBytes } from "./testing/check-format.ts";

const ROW = { problem: "p", steps: ["a", "b"], label: 1 };
const QUESTION = { role: "user", content: "q" };
const ANSWER = { role: "assistant", content: "a" };

const chainsOf = (value: unknown) =>
  readText(JSON.stringify(value), "data").records.map(({ chain }) => chain);

it.each([
  ["a list", [ROW, ROW]],
  [
    "the Hub's dataset viewer",
    {
      features: [],
      rows: [
        { row_idx: 0, row: ROW },
        { row_idx: 1, row: ROW },
      ],
    },
  ],
  ["an object that wraps its rows", { version: 1, data: [ROW, ROW] }],
])("reads the rows inside of %s", (_, value) => {
  expect(readText(JSON.stringify(value, null, 2), "data").report).toMatchObject({
    format: "processbench",
    recordCount: 2,
    problemCount: 0,
  });
});

it("takes a list of messages for one conversation, by itself or as a line", () => {
  const conversation = [QUESTION, ANSWER];
  expect(chainsOf(conversation)).toEqual(["a"]);
  expect(readText(JSON.stringify(conversation, null, 1), "data").records).toHaveLength(1);
  const lines = `${JSON.stringify(conversation)}\n${JSON.stringify(conversation)}\n`;
  expect(readText(lines, "data").report).toMatchObject({ format: "chat", recordCount: 2 });
});

it("reads what Python writes for numbers that are none, and leaves texts alone", () => {
  const [record] = readText(
    '{"problem":"NaN","steps":["-Infinity"],"label":0,"loss":NaN,"x":[-Infinity]}',
    "data",
  ).records;
  expect(record).toMatchObject({
    problem: "NaN",
    chain: { response: ["-Infinity"] },
    rest: { loss: null, x: [null] },
  });
});

it("reads UTF-16 and byte order marks", async () => {
  const text = JSON.stringify({ ...ROW, problem: "Größe ки" });
  const utf16 = Uint8Array.from(
    [...`\uFEFF${text}`].flatMap((char) => {
      const code = char.charCodeAt(0);
      return [code & 0xff, code >> 8];
    }),
  );
  for (const bytes of [utf16, new TextEncoder().encode(`\uFEFF${text}`)]) {
    expect((await readBytes(bytes)).records[0]?.problem).toBe("Größe ки");
  }
});

it("reads in the format that is asked for, and says where that fails", async () => {
  const bytes = new TextEncoder().encode(JSON.stringify(ROW));
  expect((await readBytes(bytes, "generic")).records[0]).not.toHaveProperty("firstError");
  expect((await readBytes(bytes, "text")).records[0]?.chain).toBe(JSON.stringify(ROW));
  const { reports, records } = await readBytes(bytes, "prm800k");
  expect(records).toEqual([]);
  expect(reports[0]?.problems).toEqual([{ row: 1, message: 'its "question" is missing' }]);
  const zip = Uint8Array.from([0x50, 0x4b, 3, 4]);
  await expect(readBytes(zip, "text")).rejects.toThrow("data: it is no text");
});

it("reads files one after the other, and tells of one that cannot be read", async () => {
  const emitted: IntakeProgress[] = [];
  const files = [
    new File([JSON.stringify(ROW)], "a.json"),
    new File([new Uint8Array(50)], "b.bin"),
    new File(["Thought one.\n\nThought two."], "c.txt"),
  ];
  const reports = await fileIntake.read(
    { files },
    { signal: new AbortController().signal, emit: (progress) => emitted.push(progress) },
  );
  expect(reports.map(({ name, format, recordCount }) => [name, format, recordCount])).toEqual([
    ["a.json", "processbench", 1],
    ["b.bin", "none", 0],
    ["c.txt", "text", 1],
  ]);
  expect(emitted.flatMap(({ records }) => records).map(({ id }) => id)).toEqual(["1", "c.txt"]);
  const last = emitted.at(-1);
  expect(last?.bytesDone).toBe(last?.bytesTotal);
});

it("sends many chains in many messages, each further on", async () => {
  const emitted: IntakeProgress[] = [];
  const lines = Array.from({ length: 3000 }, (_, index) => JSON.stringify({ ...ROW, id: index })).join("\n");
  await fileIntake.read(
    { files: [new File([lines], "a.jsonl")] },
    { signal: new AbortController().signal, emit: (progress) => emitted.push(progress) },
  );
  expect(emitted.length).toBeGreaterThan(5);
  expect(emitted.flatMap(({ records }) => records).map(({ id }) => Number(id))).toEqual(
    Array.from({ length: 3000 }, (_, index) => index),
  );
  const done = emitted.map(({ bytesDone }) => bytesDone);
  expect(done).toEqual([...done].sort((a, b) => a - b));
});
