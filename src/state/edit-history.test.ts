import { expect, it } from "vitest";
import { endTyping, NO_HISTORY, recordEdit, redoEdit, undoEdit } from "./edit-history.ts";
import { EMPTY_WORKSPACE, sourceOf } from "./workspace.ts";

const text = (chain: string) => ({ ...sourceOf(EMPTY_WORKSPACE), chain });

it("takes typing back in one, edits of steps one by one, and does them again", () => {
  let history = recordEdit(NO_HISTORY, text("a"), "chain");
  history = recordEdit(history, text("ab"), "chain");
  history = recordEdit(history, text("abc"), "steps");
  history = recordEdit(history, text("abcd"), "steps");
  const first = undoEdit(history, text("now"));
  const second = first && undoEdit(first.history, first.source);
  const third = second && undoEdit(second.history, second.source);
  expect([first, second, third].map((undone) => undone?.source.chain)).toEqual(["abcd", "abc", "a"]);
  expect(third && undoEdit(third.history, third.source)).toBeUndefined();
  const again = third && redoEdit(third.history, third.source);
  expect(again?.source.chain).toBe("abc");
  const last = again && redoEdit(again.history, again.source);
  const present = last && redoEdit(last.history, last.source);
  expect([last, present].map((redone) => redone?.source.chain)).toEqual(["abcd", "now"]);
});

it("begins another edit where typing was ended", () => {
  const typed = endTyping(recordEdit(NO_HISTORY, text("a"), "chain"));
  expect(recordEdit(typed, text("ab"), "chain").past.map(({ chain }) => chain)).toEqual(["a", "ab"]);
});

it("forgets what was taken back once something else is edited", () => {
  const undone = undoEdit(recordEdit(NO_HISTORY, text("a"), "steps"), text("b"));
  expect(undone && recordEdit(undone.history, text("a"), "steps").future).toEqual([]);
});
