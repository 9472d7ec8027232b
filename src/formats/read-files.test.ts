import { describe, expect, it } from "vitest";
import type { IntakeProgress } from "../core/intake.ts";
import { fileIntake } from "./read-files.ts";
import { readText } from "./read-text.ts";
import { readBytes } from "./testing/check-format.ts";

const ROW = { problem: "p", steps: ["a", "b"], label: 1 };
const QUESTION = { role: "user", content: "q" };
const ANSWER = { role: "assistant", content: "a" };

const lines = (...rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join("\n");

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

it("does not take the reference answer for a chain beside chains that it cannot read", () => {
  const others = [
    { question: "q", rationale_steps: [{ say: "a" }], answer: "A" },
    { question: "q", my_chains: [["a"]], answer: "A" },
  ];
  for (const unread of others) {
    expect(readText(JSON.stringify(unread), "data").report.format).toBe("text");
  }
  const plain = { question: "q", options: ["a", "b"], answer: "A" };
  expect(readText(JSON.stringify(plain), "data").report.format).toBe("generic");
  const damaged = { question: "q", chain_of_thoughts: "first, then", answer: "A" };
  expect(readText(lines(damaged, damaged), "data", "versaprm").report.problems[0]).toEqual({
    row: 1,
    message: 'its "chain_of_thoughts" is not a list',
  });
});

it.each([
  ["the system's message", { messages: [{ role: "system", content: "s" }, ANSWER] }],
  ["a message behind the answer", { messages: [ANSWER, { role: "user", content: "s" }] }],
  ["a signature", { messages: [QUESTION, { ...ANSWER, signature: "s" }] }],
  ["tool calls", { messages: [QUESTION, { ...ANSWER, tool_calls: [{ id: "s" }] }] }],
  ["a second thinking", { messages: [QUESTION, { ...ANSWER, reasoning: "s", reasoning_content: "r" }] }],
  ["thinking beside messages", { messages: [QUESTION, ANSWER], reasoning: "s" }],
  ["why it ended", { choices: [{ index: 0, message: ANSWER, finish_reason: "s" }] }],
  ["an id of another type", { id: { x: "s" }, messages: [QUESTION, ANSWER] }],
  ["what a step is called", { problem: "p", steps: [{ text: "a", name: "s" }] }],
  ["a candidate's score", { prompt: "p", candidates: [{ text: "a", score: "s" }, { text: "b" }] }],
  ["a prompt's system message", { prompt: [{ role: "system", content: "s" }, QUESTION], completion: "a" }],
  ["what a request asks for", { doc_id: 1, arguments: [["p", { until: ["s"] }]], resps: [["a"]] }],
  ["answers that are none", { doc_id: 1, arguments: [["p"]], resps: [["a", { x: "s" }]] }],
  ["several targets", { id: 1, epoch: 1, input: "q", target: ["s", "t"], messages: [QUESTION, ANSWER] }],
  ["an input asked otherwise", { id: 1, epoch: 1, input: "s", target: "t", messages: [QUESTION, ANSWER] }],
  ["further trajectories", { question: "q", thinking_trajectories: ["a", "s"], attempt: "b" }],
  [
    "a mark that is none",
    {
      conversations: [
        { role: "user", content: "q Step 1: a" },
        { role: "assistant", content: "+" },
        { role: "user", content: "b" },
        { role: "assistant", content: "s" },
      ],
    },
  ],
])("keeps %s", (_, row) => {
  const [record] = readText(JSON.stringify(row), "data").records;
  expect(JSON.stringify(record?.rest)).toContain('"s"');
});

it("keeps labels behind the first error, which is the last step that is judged", () => {
  const chains = [{ steps: ["a", "b", "c"], labels: [1, 0, 1] }];
  const [record] = readText(JSON.stringify({ question: "q", chain_of_thoughts: chains }), "data").records;
  expect(record).toMatchObject({
    labels: ["good", "bad", null],
    firstError: 1,
    rest: { chain_of_thoughts: [{ labels: [1, 0, 1] }] },
  });
});

it("does not keep twice what the chain says", () => {
  for (const row of [
    { messages: [QUESTION, { ...ANSWER, reasoning: "r" }] },
    { choices: [{ index: 0, message: ANSWER }] },
    { prompt: [QUESTION], completion: ["a"] },
    { doc_id: 1, target: "t", arguments: [["p"]], resps: [["a"]] },
    { id: 1, input: "q", target: "t", messages: [QUESTION, ANSWER] },
    { question: "q", answer: "t", chain_of_thoughts: [{ steps: ["a", "b"], labels: [1, 0] }] },
  ]) {
    const epoch = "input" in row ? { epoch: 1 } : {};
    const { records, report } = readText(JSON.stringify({ ...row, ...epoch }), "data");
    expect(report.recordCount).toBe(1);
    expect(records[0]?.rest).toEqual(epoch);
  }
});

describe("a first step behind its question", () => {
  const read = (first: string) => {
    const conversations = [
      { role: "user", content: first },
      { role: "assistant", content: "+" },
    ];
    const [record] = readText(JSON.stringify({ conversations }), "data").records;
    const { problem, chain, isProblemInChain } = record ?? {};
    return [problem, typeof chain === "object" ? chain.response : chain, isProblemInChain];
  };

  it.each([
    ["q? Step 1: a", ["q?", ["Step 1: a"], undefined]],
    ["q?\n\na", ["q?", ["a"], undefined]],
    ["q?\n\na\nb", ["q?", ["a\nb"], undefined]],
    ["Step 1: a\n\nb", ["", ["Step 1: a\n\nb"], undefined]],
    ["q? a", ["", ["q? a"], true]],
    ["q?\n\na\n\nb", ["", ["q?\n\na\n\nb"], true]],
    ["\n\na", ["", ["a"], true]],
  ])("is told apart, or said not to be: %j", (first, parts) => {
    expect(read(first)).toEqual(parts);
  });
});
