import { describe, expect, it } from "vitest";
import { isFinished } from "./runs.ts";
import {
  EMPTY_SHELF,
  findRun,
  forgetSources,
  isBy,
  lastingRuns,
  makeFleeting,
  ratingsOf,
  recallRuns,
  type Shelf,
  shelveRun,
  sourceKey,
  touchSource,
  weigh,
} from "./shelf.ts";
import { finishedRun, sourceWith } from "./testing/finished-run.ts";

const ASKED = { modelKey: "m", digest: undefined, variant: undefined };
const [A, B, C] = ["a\n\nb", "c\n\nd", "e\n\nf"].map((chain) => sourceWith(chain)) as [
  ReturnType<typeof sourceWith>,
  ReturnType<typeof sourceWith>,
  ReturnType<typeof sourceWith>,
];

function shelf(...sources: readonly (typeof A)[]): Shelf {
  return sources.reduce((filled, source) => shelveRun(filled, finishedRun(source)), EMPTY_SHELF);
}

describe("the shelf", () => {
  it("finds a run by its text, its cut, and its own ranges", () => {
    const filled = shelf(A, B);
    expect(findRun(filled, { ...A }, ASKED)?.source).toEqual(A);
    expect(findRun(filled, { ...A, strategy: "line" }, ASKED)).toBeUndefined();
    expect(findRun(filled, { ...A, own: [{ start: 0, end: 1 }] }, ASKED)).toBeUndefined();
    expect(findRun(filled, { ...A, problem: "q" }, ASKED)).toBeUndefined();
    // Where one text ends and the next begins counts.
    expect(sourceKey({ ...A, problem: "x\ny", chain: "z" })).not.toBe(
      sourceKey({ ...A, problem: "x", chain: "y\nz" }),
    );
  });

  it("tells what every model has said of a text, the newest last and one of each", () => {
    const runs = [finishedRun(A, "m"), finishedRun(A, "n", 0), finishedRun(A, "m", 1)];
    const filled = runs.reduce((sum, run) => shelveRun(sum, run), EMPTY_SHELF);
    const ratings = ratingsOf(filled, A);
    expect(ratings.map(({ modelKey, scores }) => [modelKey, scores.map((score) => score?.reward)])).toEqual([
      ["n", [0.1, 0.9]],
      ["m", [0.9, 0.1]],
    ]);
    // Nothing of how they came about, which is what makes a run heavy.
    expect(Object.keys(ratings[0]?.scores[0] ?? {})).toEqual(["reward"]);
    expect(ratingsOf(filled, B)).toEqual([]);
  });

  it("takes up finished runs alone, without what stood behind them", () => {
    const run = finishedRun(A);
    expect(isFinished(run)).toBe(true);
    expect(shelveRun(EMPTY_SHELF, { ...run, status: "stopped" })).toBe(EMPTY_SHELF);
    expect(shelveRun(EMPTY_SHELF, { ...run, status: "failed" })).toBe(EMPTY_SHELF);
    const kept = findRun(shelveRun(EMPTY_SHELF, { ...run, ghost: run, isBack: true }), A, ASKED);
    expect(kept).toEqual({ ...run, ghost: undefined });
    expect(kept).not.toHaveProperty("isBack");
  });

  it("keeps one run of each model, and prefers the model and variant asked for, then the newest", () => {
    const first = finishedRun(A, "m", 0);
    const again = finishedRun(A, "m", 1);
    const other = finishedRun(A, "n");
    const exact = { ...finishedRun(A, "m"), variant: "q8" };
    const filled = [first, again, exact, other].reduce((all, run) => shelveRun(all, run), EMPTY_SHELF);
    expect([...filled.places.values()]).toEqual([[other, exact, again]]);
    expect(findRun(filled, A, { modelKey: "m", digest: undefined, variant: "q4" })).toBe(again);
    expect(findRun(filled, A, { modelKey: "m", digest: undefined, variant: "fp16" })).toBe(exact);
    expect(findRun(filled, A, { modelKey: "x", digest: undefined, variant: "q4" })).toBe(other);
    expect(isBy(exact, { modelKey: "m", digest: undefined, variant: "q4" })).toBe(false);
    expect(isBy(exact, ASKED)).toBe(true);
    expect(isBy(other, ASKED)).toBe(false);
  });

  it("takes no run of other weights for one of the model in use, however both are called", () => {
    const [old, unsaid] = [{ ...finishedRun(A), digest: "old" }, finishedRun(B)];
    const filled = [old, unsaid].reduce((all, run) => shelveRun(all, run), EMPTY_SHELF);
    const today = { modelKey: "m", digest: "new", variant: "q4" };
    expect(isBy(old, today)).toBe(false);
    // What was kept without a word about the weights is another model's.
    expect(isBy(unsaid, today)).toBe(false);
    expect(isBy(old, { ...today, digest: "old" })).toBe(true);
    // Nobody knows before the model is loaded.
    expect(isBy(old, ASKED)).toBe(true);
    expect(findRun(filled, A, today)).toBe(old);
    const both = shelveRun(filled, { ...finishedRun(A, "m", 1), digest: "new" });
    expect(findRun(both, A, today)?.digest).toBe("new");
    expect(findRun(both, A, { ...today, digest: "old" })).toBe(old);
    expect(ratingsOf(both, A).map(({ digest }) => digest)).toEqual(["old", "new"]);
  });

  it("forgets the text that was not used for longest, when there is no room", () => {
    const room = weigh(finishedRun(A)) * 2;
    const touched = touchSource(shelf(A, B), A);
    const filled = shelveRun(touched, finishedRun(C), room);
    expect(findRun(filled, B, ASKED)).toBeUndefined();
    expect(findRun(filled, A, ASKED)).toBeDefined();
    expect(findRun(filled, C, ASKED)).toBeDefined();
    expect(filled.bytes).toBe(room);
    // One that is larger than all room is kept until the next.
    expect(shelveRun(EMPTY_SHELF, finishedRun(A), 1).places.size).toBe(1);
  });

  it("counts what it forgets", () => {
    const filled = forgetSources(shelf(A, B), [A, C]);
    expect(filled.bytes).toBe(weigh(finishedRun(B)));
    expect(lastingRuns(filled).map(({ source }) => source)).toEqual([B]);
  });

  it("lets no cleared text outlive the page, unless it is looked at again", () => {
    const cleared = makeFleeting(shelf(A, B), A);
    expect(findRun(cleared, A, ASKED)).toBeDefined();
    expect(lastingRuns(cleared).map(({ source }) => source)).toEqual([B]);
    expect(lastingRuns(touchSource(cleared, A)).map(({ source }) => source)).toEqual([A, B]);
    expect(lastingRuns(shelveRun(cleared, finishedRun(A))).map(({ source }) => source)).toEqual([A, B]);
    expect(makeFleeting(cleared, C)).toBe(cleared);
  });

  it("puts runs of an earlier visit behind those of this one", () => {
    const old = finishedRun(A, "m", 0);
    const [older, newer] = [finishedRun(B), finishedRun(A, "m", 1)];
    const filled = recallRuns(shelveRun(EMPTY_SHELF, newer), [old, older]);
    expect(lastingRuns(filled)).toEqual([newer, older]);
    expect(lastingRuns(filled)[1]).toBe(older);
  });
});
