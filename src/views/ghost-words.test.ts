import { expect, it } from "vitest";
import type { GhostView } from "../state/ghost.ts";
import { ghostSentence } from "./ghost-words.ts";

const ghost = (view: Partial<GhostView>): GhostView => ({
  before: [],
  changes: [],
  firstErrorBefore: 2,
  sameStepNow: undefined,
  partsNow: [],
  ...view,
});

it.each<[Partial<GhostView>, number, boolean, string]>([
  [{}, 2, false, "First bad step unchanged: 3."],
  [{ firstErrorBefore: -1 }, -1, false, "First bad step unchanged: none."],
  [{}, 3, false, "First bad step 3 → 4."],
  [{}, -1, false, "First bad step 3 → none."],
  // Split before it: only its number is another.
  [{ sameStepNow: 3 }, 3, false, "First bad step is the same, now step 4."],
  [{ sameStepNow: 3 }, 1, false, "First bad step 3 (now 4) → 2."],
  [{ partsNow: [2, 3] }, 3, false, "First bad step is step 4, a part of what was step 3."],
  [{ partsNow: [2, 3] }, 2, false, "First bad step is step 3, a part of what was step 3."],
  // No full stop behind dots while nobody knows.
  [{}, -1, true, "First bad step was 3; scoring goes on."],
  [{ firstErrorBefore: -1 }, -1, true, "There was no bad step; scoring goes on."],
  [{ changes: [0.1, -0.3, undefined] }, 2, false, "First bad step unchanged: 3; step 2 changed most, −0.30."],
  [{ changes: [0.001] }, 2, false, "First bad step unchanged: 3."],
])("says of %j, with %d now and running %j: %s", (view, now, isRunning, sentence) => {
  expect(ghostSentence(ghost(view), now, isRunning)).toBe(sentence);
});
