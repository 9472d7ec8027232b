import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstError } from "./verdict.ts";
import { type Backtrack, findWrongs } from "./wrongs.ts";

const NONE = { firstDrop: undefined, noReturn: undefined, recovered: [] };

describe("findWrongs", () => {
  it.each([
    ["nothing", [], NONE],
    ["no rewards", [undefined, undefined], NONE],
    ["all good", [0.9, 0.8, 0.95], NONE],
    ["all equal, at the threshold", [0.5, 0.5, 0.5], NONE],
    [
      "all equal, below",
      [0.4, 0.4, 0.4],
      { firstDrop: { index: 0, reward: 0.4 }, noReturn: 0, recovered: [] },
    ],
    ["one step, good", [0.9], NONE],
    [
      "one step, bad: nothing is behind it",
      [0.1],
      { firstDrop: { index: 0, reward: 0.1 }, noReturn: undefined, recovered: [] },
    ],
    [
      "a dip, then a bad last step",
      [0.9, 0.1, 0.8, 0.8, 0.1],
      {
        firstDrop: { index: 1, reward: 0.1, level: 0.9 },
        noReturn: undefined,
        recovered: [{ from: 1, back: 2 }],
      },
    ],
    [
      "a fall for good",
      [0.9, 0.9, 0.1, 0.2],
      { firstDrop: { index: 2, reward: 0.1, level: 0.9 }, noReturn: 2, recovered: [] },
    ],
    [
      "a fall that stays above the threshold",
      [0.9, 0.9, 0.55, 0.9],
      { firstDrop: { index: 2, reward: 0.55, level: 0.9 }, noReturn: undefined, recovered: [] },
    ],
    [
      "a dip",
      [0.9, 0.1, 0.8, 0.9],
      {
        firstDrop: { index: 1, reward: 0.1, level: 0.9 },
        noReturn: undefined,
        recovered: [{ from: 1, back: 2 }],
      },
    ],
    [
      "one good step between bad ones is no recovery",
      [0.9, 0.1, 0.8, 0.1, 0.2],
      { firstDrop: { index: 1, reward: 0.1, level: 0.9 }, noReturn: 1, recovered: [] },
    ],
    [
      "a dip, then a fall",
      [0.9, 0.1, 0.8, 0.8, 0.1, 0.1],
      { firstDrop: { index: 1, reward: 0.1, level: 0.9 }, noReturn: 4, recovered: [{ from: 1, back: 2 }] },
    ],
    [
      "steps without a reward between",
      [undefined, 0.9, undefined, 0.1, undefined, 0.8, undefined, 0.9, undefined],
      {
        firstDrop: { index: 3, reward: 0.1, level: 0.9 },
        noReturn: undefined,
        recovered: [{ from: 3, back: 5 }],
      },
    ],
  ])("%s", (_name, rewards, wrongs) => {
    expect(findWrongs(rewards, 0.5)).toEqual(wrongs);
  });

  it("lets rewards of single steps recover only where words take something back", () => {
    const rewards = [0.9, 0.1, 0.9, 0.9, 0.9];
    const back = (at: number) => rewards.map((_, index) => (index === at ? index - 1 : undefined));
    expect(findWrongs(rewards, 0.5, back(-1))).toMatchObject({ noReturn: 1, recovered: [] });
    expect(findWrongs(rewards, 0.5, back(0))).toMatchObject({ noReturn: 1, recovered: [] });
    // The wrong step is not its own correction.
    expect(findWrongs(rewards, 0.5, back(1))).toMatchObject({ noReturn: 1, recovered: [] });
    expect(findWrongs(rewards, 0.5, back(3))).toMatchObject({ recovered: [{ from: 1, back: 3 }] });
  });

  it("takes back what is taken back: a step of the dip, not one before it", () => {
    const rewards = [0.9, 0.9, 0.1, 0.9, 0.9];
    const at3 = (backtrack: Backtrack) => [undefined, undefined, undefined, backtrack, undefined];
    expect(findWrongs(rewards, 0.5, at3(2))).toMatchObject({ recovered: [{ from: 2, back: 3 }] });
    expect(findWrongs(rewards, 0.5, at3(1))).toMatchObject({ noReturn: 2, recovered: [] });
  });

  it("names a dip neither recovered nor without return where its rewards are back behind a mere doubt", () => {
    const neither = { noReturn: undefined, recovered: [] };
    const doubt = (count: number, at: number) =>
      Array.from({ length: count }, (_, index) => (index === at ? ("doubt" as const) : undefined));
    expect(findWrongs([0.9, 0.1, 0.9, 0.9], 0.5, doubt(4, 2))).toMatchObject(neither);
    // What goes wrong after it is a dip of its own.
    expect(findWrongs([0.9, 0.1, 0.9, 0.9, 0.1, 0.1], 0.5, doubt(6, 2))).toMatchObject({
      noReturn: 4,
      recovered: [],
    });
    // A doubt does not help where the rewards stay low.
    expect(findWrongs([0.9, 0.1, 0.1, 0.1], 0.5, doubt(4, 2))).toMatchObject({ noReturn: 1, recovered: [] });
    // Taken back after all.
    expect(
      findWrongs([0.9, 0.1, 0.9, 0.9, 0.9], 0.5, [undefined, undefined, "doubt", 1, undefined]),
    ).toMatchObject({ noReturn: undefined, recovered: [{ from: 1, back: 3 }] });
  });

  it("tells a dip that only words could end from one whose rewards stay low", () => {
    const none = new Array<undefined>(60).fill(undefined);
    const fine = [0.12, ...new Array<number>(59).fill(0.95)];
    expect(findWrongs(fine, 0.5, none)).toMatchObject({ noReturn: 0, isFineAfter: true });
    expect(findWrongs([0.9, 0.1, 0.2, 0.1], 0.5, none).isFineAfter).toBeUndefined();
    expect(findWrongs([0.9, 0.1, 0.2, 0.1], 0.5).isFineAfter).toBeUndefined();
  });

  it("does not say that a chain fails to come back, or came back at its last scored step, while steps wait", () => {
    expect(findWrongs([0.9, 0.1, undefined], 0.5)).toMatchObject({ noReturn: undefined, recovered: [] });
    expect(findWrongs([0.9, 0.1, 0.9, undefined], 0.5)).toMatchObject({ noReturn: undefined, recovered: [] });
    expect(findWrongs([0.9, 0.1, 0.9], 0.5)).toMatchObject({ recovered: [{ from: 1, back: 2 }] });
  });

  const rewardsArbitrary = fc.array(
    fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined }),
    { maxLength: 40 },
  );
  const threshold = fc.double({ min: -0.9, max: 0.9, noNaN: true });

  it("drops no later than the first bad step, and does not return only from one", () => {
    fc.assert(
      fc.property(rewardsArbitrary, threshold, (rewards, limit) => {
        const { firstDrop, noReturn, recovered } = findWrongs(rewards, limit);
        const first = firstError(rewards, limit);
        if (first >= 0) {
          expect(firstDrop?.index).toBeLessThanOrEqual(first);
          // Every bad step is in a dip, and the first one begins the first; while it lasts, nobody knows its end. With
          // nothing behind it, it is only a bad step.
          const isOver = rewards.at(-1) !== undefined && first < rewards.length - 1;
          expect(recovered[0]?.from ?? (isOver ? noReturn : first)).toBe(first);
          expect(isOver ? undefined : noReturn).toBeUndefined();
        } else {
          expect({ noReturn, recovered }).toEqual({ noReturn: undefined, recovered: [] });
        }
        if (noReturn !== undefined) {
          const rest = rewards.slice(noReturn).filter((reward) => reward !== undefined);
          expect(rest[0]).toBeLessThan(limit);
          // The running minimum over two steps stays below, to the last step.
          expect(rest.every((reward, at) => Math.min(reward, rest[at + 1] ?? reward) < limit)).toBe(true);
        }
      }),
    );
  });

  it("names dips in order, none overlapping, each coming back", () => {
    fc.assert(
      fc.property(
        rewardsArbitrary,
        threshold,
        fc.array(fc.boolean(), { maxLength: 40 }),
        (rewards, limit, isBack) => {
          const back = isBack.map((is, index) => (is ? index - 1 : undefined));
          for (const backtracks of [undefined, back]) {
            const { noReturn, recovered } = findWrongs(rewards, limit, backtracks);
            let end = -1;
            for (const dip of recovered) {
              expect(dip.from).toBeGreaterThanOrEqual(end);
              expect(dip.back).toBeGreaterThan(dip.from);
              expect(rewards[dip.from]).toBeLessThan(limit);
              expect(rewards[dip.back]).toBeGreaterThanOrEqual(limit);
              if (backtracks !== undefined) {
                expect(isBack.slice(dip.from + 1, dip.back + 1)).toContain(true);
              }
              end = dip.back;
            }
            expect(noReturn ?? end).toBeGreaterThanOrEqual(end);
          }
        },
      ),
    );
  });

  it("is the same with and without steps that have no reward, but for their numbers", () => {
    fc.assert(
      fc.property(
        rewardsArbitrary,
        fc.double({ min: -1, max: 1, noNaN: true }),
        threshold,
        (some, last, limit) => {
          const rewards = [...some, last];
          const kept = rewards.flatMap((reward, index) => (reward === undefined ? [] : [index]));
          const dense = findWrongs(
            kept.map((index) => rewards[index]),
            limit,
          );
          const sparse = findWrongs(rewards, limit);
          expect(sparse.noReturn).toBe(dense.noReturn === undefined ? undefined : kept[dense.noReturn]);
          expect(sparse.firstDrop?.index).toBe(
            dense.firstDrop === undefined ? undefined : kept[dense.firstDrop.index],
          );
          expect(sparse.recovered.map(({ from }) => from)).toEqual(
            dense.recovered.map(({ from }) => kept[from]),
          );
        },
      ),
    );
  });
});
