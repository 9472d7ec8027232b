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
  const second = first && undoEdit(first.history, first.edit.source);
  const third = second && undoEdit(second.history, second.edit.source);
  expect([first, second, third].map((undone) => undone?.edit.source.chain)).toEqual(["abcd", "abc", "a"]);
  expect(third && undoEdit(third.history, third.edit.source)).toBeUndefined();
  const again = third && redoEdit(third.history, third.edit.source);
  expect(again?.edit.source.chain).toBe("abc");
  const last = again && redoEdit(again.history, again.edit.source);
  const present = last && redoEdit(last.history, last.edit.source);
  expect([last, present].map((redone) => redone?.edit.source.chain)).toEqual(["abcd", "now"]);
});

it("begins another edit where typing was ended", () => {
  const typed = endTyping(recordEdit(NO_HISTORY, text("a"), "chain"));
  expect(recordEdit(typed, text("ab"), "chain").past.map(({ source }) => source.chain)).toEqual(["a", "ab"]);
});

it("forgets what was taken back once something else is edited", () => {
  const undone = undoEdit(recordEdit(NO_HISTORY, text("a"), "steps"), text("b"));
  expect(undone && recordEdit(undone.history, text("a"), "steps").future).toEqual([]);
});

it("knows of each edit what kind it was, there and back", () => {
  const typed = recordEdit(recordEdit(NO_HISTORY, text("a"), "chain"), text("ab"), "steps");
  const undone = undoEdit(typed, text("now"));
  expect(undone?.edit).toEqual({ kind: "steps", source: text("ab") });
  expect(undone && redoEdit(undone.history, text("ab"))?.edit).toEqual({
    kind: "steps",
    source: text("now"),
  });
});

it("counts no edit that led back to the same text", () => {
  const back = recordEdit(recordEdit(NO_HISTORY, text("a"), "chain"), text("a"), "steps");
  expect(back.past).toEqual([{ kind: "steps", source: text("a") }]);
});
