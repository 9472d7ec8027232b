import { expect, it } from "vitest";
import { readText } from "./read-text.ts";

const TAG = "\n".repeat(5);

function readLabels(process: string, label: readonly unknown[]) {
  const { records, report } = readText(JSON.stringify({ question: "q", process, label }), "data");
  return records[0]?.labels ?? report.problems[0]?.message;
}

it("lists a row whose labels are not those of its steps", () => {
  expect(readLabels(`a ${TAG} b ${TAG}`, ["+"])).toBe('its "process" has 2 steps, but it has 1 labels');
  expect(readLabels("a b", ["+"])).toBe('its "process" has no step that ends in ки or five line breaks');
});

it("leaves a step behind the last tag without a label where there is none for it", () => {
  expect(readLabels(`a ${TAG} b`, ["+"])).toEqual(["good", null]);
  expect(readLabels(`a ${TAG} b`, ["+", "-"])).toEqual(["good", "bad"]);
});

it("takes numbers and booleans as what its training takes them for", () => {
  expect(readLabels("a ки b ки c ки d ки", [1, 0, true, false])).toEqual(["good", "bad", "good", "bad"]);
});
