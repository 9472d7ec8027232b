import fc from "fast-check";
import { expect, it } from "vitest";
import { foldRun, foldSimilar, listRows, NO_FOLDS, unfoldAt } from "./folds.ts";

const ORDER = Array.from({ length: 12 }, (_, index) => index);
const RUNS = [
  { from: 2, to: 6 },
  { from: 6, to: 10 },
];

it("a run is one row until a step of it is asked for, and again once it is folded", () => {
  const folded = foldSimilar(NO_FOLDS, true);
  const rows = listRows(ORDER, RUNS, folded.unfolded);
  expect(rows.map((row) => (row.kind === "run" ? row.run.from * 100 : row.index))).toEqual([
    0, 1, 200, 600, 10, 11,
  ]);
  const open = unfoldAt(folded, 7);
  expect(listRows(ORDER, RUNS, open.unfolded)).toHaveLength(6 + 4);
  expect(foldRun(open, RUNS[1] ?? { from: 0, to: 0 })).toEqual(folded);
  expect(unfoldAt(NO_FOLDS, 7)).toBe(NO_FOLDS);
});

it("every step is in one row: its own, or that of a folded run", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 11 })), (unfolded) => {
      const rows = listRows(ORDER, RUNS, new Set(unfolded));
      const shown = rows.flatMap((row) => {
        if (row.kind === "step") {
          return [row.index];
        }
        return row.isOpen ? [] : ORDER.slice(row.run.from, row.run.to);
      });
      expect(shown).toEqual(ORDER);
      for (const index of unfolded) {
        expect(rows).toContainEqual({ kind: "step", index });
      }
    }),
  );
});
