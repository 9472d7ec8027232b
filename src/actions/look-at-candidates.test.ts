import { beforeEach, expect, it } from "vitest";
import { isSameAnswer } from "../core/answers/answer-key.ts";
import { extractAnswer } from "../core/answers/extract-answer.ts";
import { candidatesStore, NO_CANDIDATES } from "../state/candidates.ts";
import { tryCandidates } from "./look-at-candidates.ts";
import { readCandidates } from "./read-candidates.ts";

beforeEach(() => {
  candidatesStore.setState(NO_CANDIDATES, true);
});

it("fills in a set that can be scored, with right and wrong chains of one problem", () => {
  tryCandidates();
  const { draft, all } = candidatesStore.getState();
  expect(all).toEqual([]);
  expect(draft.problem).not.toBe("");
  const read = readCandidates(draft.text);
  const chains = read.kind === "records" ? read.records.map(({ chain }) => String(chain)) : [];
  const found = chains.map((chain) => extractAnswer(chain));
  expect(found.map((answer) => answer && isSameAnswer(answer.text, draft.gold))).toEqual([
    true,
    false,
    false,
    true,
    false,
    true,
  ]);
  expect(new Set(found.map((answer) => answer?.mark))).toEqual(new Set(["sentence", "last-line", "boxed"]));
});
