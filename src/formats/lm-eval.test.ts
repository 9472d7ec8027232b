import { expect, it } from "vitest";
import { readText } from "./read-text.ts";

const QUESTION = "Mia has 3 bags with 4 apples each.\n\nHow many apples?";
const SHOTS = "Q: 1 + 1?\nA: The answer is 2.\n\nQ: 2 + 2?\nA: The answer is 4.\n\n";

const read = (row: object) => readText(JSON.stringify({ doc_id: 3, ...row }), "data");
const argumentsOf = (prompt: string) => ({ gen_args_0: { arg_0: prompt, arg_1: { until: ["Q:"] } } });

it.each([
  ["question", `${SHOTS}Q: ${QUESTION}\nA:`, `${QUESTION}\nA:`],
  [
    "problem",
    `Solve this.\n\nProblem: ${QUESTION}\n(A) 7 (B) 12\nSolution:`,
    `${QUESTION}\n(A) 7 (B) 12\nSolution:`,
  ],
  // Asked before, as an example.
  ["question", `${SHOTS}Q: ${QUESTION}\nA: 12.\n\nQ: ${QUESTION}\nA:`, `${QUESTION}\nA:`],
  // Nothing stands before it but its name.
  ["question", `Q: ${QUESTION}\nA:`, `Q: ${QUESTION}\nA:`],
  // Another name, another text: the prompt is all that is known of the question.
  ["passage", `${SHOTS}Q: ${QUESTION}\nA:`, `${SHOTS}Q: ${QUESTION}\nA:`],
])("takes no solved examples for the problem (%s)", (name, prompt, problem) => {
  const { records } = read({ doc: { [name]: QUESTION }, arguments: argumentsOf(prompt), resps: [["12"]] });
  expect(records).toMatchObject([{ problem, chain: "12", rest: { arguments: argumentsOf(prompt) } }]);
});

it.each([
  // A word of the instructions is not the question, nor is a part of a longer number.
  ["2", "Compute.\n\nQ: 2\nA: Answer with 2 digits.", "2\nA: Answer with 2 digits."],
  ["2", "Compute.\n\n23\n\nQ: 2\nA:", "2\nA:"],
  ["2", "Compute.\n\n2\n23", "2\n23"],
  ["x + 1", "Solve.\n\n[INST] x + 1 [/INST]", "x + 1 [/INST]"],
  ["x + 1", "Solve.\n\n<|user|>x + 1<|end|>", "x + 1<|end|>"],
  ["x + 1", "Solve.\n\n12. x + 1", "x + 1"],
  // Where it stands nowhere as a text of its own, the prompt is all that is known.
  ["2", "Compute.\n\nWhat is 2 worth?", "Compute.\n\nWhat is 2 worth?"],
])("takes for the problem no place where %j only happens to stand", (input, prompt, problem) => {
  const { records } = read({ doc: { input }, arguments: argumentsOf(prompt), resps: [["12"]] });
  expect(records).toMatchObject([{ problem }]);
});

it("tells the records of one document apart, and keeps what each filter says of it", () => {
  const row = { doc_id: 3, resps: [["12", "13"]], filter: "strict-match" };
  const one = { ...row, resps: [["12"]], exact_match: 1 };
  const rows = [row, one, { ...one, filter: "flexible-extract", exact_match: 0 }, { ...one, filter: "none" }];
  const { records } = readText(rows.map((each) => JSON.stringify(each)).join("\n"), "data");
  expect(records.map(({ id, isCorrect }) => [id, isCorrect])).toEqual([
    ["3 strict-match answer 1", undefined],
    ["3 strict-match answer 2", undefined],
    ["3 strict-match", true],
    ["3 flexible-extract", false],
    ["3", true],
  ]);
});

it("reads no chain where a model answered nothing", () => {
  const { problems } = read({ doc: {}, arguments: argumentsOf("q"), resps: [[""]], exact_match: 0 }).report;
  expect(problems).toEqual([{ row: 1, message: 'its "resps" hold no generated text' }]);
  // Beside others, an empty answer keeps its place.
  expect(read({ resps: [["", "12"]] }).records.map(({ id, chain }) => [id, chain])).toEqual([
    ["3 answer 1", ""],
    ["3 answer 2", "12"],
  ]);
});
