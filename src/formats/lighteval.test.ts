import { expect, it } from "vitest";
import { readText } from "./read-text.ts";

const ROW = { doc: { query: "q", id: "0" }, model_response: { text: ["one"] } };

it.each([
  [null, undefined],
  ["none", undefined],
  [[], undefined],
  [1, undefined],
  [{ extractive_match: 1 }, true],
  ['{"extractive_match":0}', false],
])("reads a row whose metric is %j", (metric, isCorrect) => {
  const { records, report } = readText(JSON.stringify({ ...ROW, metric }), "data");
  expect(report.problems).toEqual([]);
  expect(records.map((record) => [record.chain, record.isCorrect])).toEqual([["one", isCorrect]]);
});

it("lists a row without a document", () => {
  const { problems } = readText(JSON.stringify({ ...ROW, doc: null }), "data").report;
  expect(problems).toEqual([{ row: 1, message: 'its "doc" is not an object' }]);
});
