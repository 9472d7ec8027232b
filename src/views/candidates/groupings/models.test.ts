import { describe, expect, it } from "vitest";
import { type Entry, entriesOf } from "../../../state/best-of.ts";
import type { Measure } from "../../../state/distribution.ts";
import { ratedCandidate, ratingBy } from "../../../state/testing/rated-candidate.ts";
import type { Counted } from "./grouping.ts";
import { GROUPINGS } from "./index.ts";
import { models } from "./models.ts";

const SETTINGS = { alpha: 1, usesSteps: true, usesTrajectory: true };
const nameOf = (key: string) => `the ${key}`;

function counted(entries: readonly Entry[], measure: Measure = "steps", pair?: string): Counted {
  return { entries, measure, aggregate: "mean", settings: SETTINGS, pair, nameOf };
}

const byOne = entriesOf([ratedCandidate("new", [0.5])], SETTINGS, "");
const byTwo = entriesOf(
  [
    ratedCandidate("new", [0.5, 0.6], [ratingBy("old", "stepscope-prm", [0.1, 0.2])]),
    ratedCandidate("new", [0.9]),
  ],
  SETTINGS,
  "",
);

describe("model A against model B", () => {
  it("says what to do where only one model has scored, and nothing more where none has", () => {
    expect(models.part(counted(byOne)).groups.map(({ values }) => values)).toEqual([[], []]);
    expect(models.emptyWords(counted(byOne))).toBe(
      "Only the new has scored these candidates: use another model, under Models, and score them again.",
    );
    expect(models.emptyWords(counted([]))).toBe("No step is scored yet.");
    expect(models.pairs(byOne, nameOf)).toEqual([]);
  });

  it("names both, the one that scored first as A, and says how many candidates count", () => {
    const { groups, range, remarks } = models.part(counted(byTwo));
    expect(groups).toEqual([
      { label: "the old", letter: "A", values: [0.1, 0.2] },
      { label: "the new", letter: "B", values: [0.5, 0.6] },
    ]);
    expect(range).toEqual([0, 1]);
    expect(remarks).toEqual(["Only what both have scored is counted: 1 of 2 candidates."]);
  });

  it("says that the models' numbers have other ranges and meanings", () => {
    const entries = entriesOf(
      [ratedCandidate("new", [0.5], [ratingBy("old", "pure-prm", [-0.1])])],
      SETTINGS,
      "",
    );
    expect(models.part(counted(entries))).toMatchObject({
      range: [-1, 1],
      remarks: [
        "The numbers are as each model gives them: A’s can be from −1 to 1, B’s from 0 to 1.",
        "Their rewards mean different things: compare shapes, not heights.",
      ],
    });
  });

  it("can be any two of several, the two that scored last unless others are asked for", () => {
    const earlier = [ratingBy("first", "stepscope-prm", [0.1]), ratingBy("second", "stepscope-prm", [0.2])];
    const entries = entriesOf([ratedCandidate("third", [0.3], earlier)], SETTINGS, "");
    const pairs = models.pairs(entries, nameOf);
    expect(pairs.map(({ label }) => label)).toEqual([
      "the second against the third",
      "the first against the third",
      "the first against the second",
    ]);
    const valuesOf = (pair?: string) =>
      models.part(counted(entries, "steps", pair)).groups.map(({ values }) => values);
    expect(valuesOf()).toEqual([[0.2], [0.3]]);
    expect(valuesOf(pairs[2]?.id)).toEqual([[0.1], [0.2]]);
    expect(valuesOf("gone")).toEqual([[0.2], [0.3]]);
  });
});

it("every grouping has a name of its own and says in one sentence why there is nothing", () => {
  expect(new Set(GROUPINGS.map(({ label }) => label)).size).toBe(GROUPINGS.length);
  for (const grouping of GROUPINGS) {
    for (const measure of grouping.measures) {
      const asked = counted([], measure);
      expect(grouping.part(asked).groups.flatMap(({ values }) => values)).toEqual([]);
      expect(grouping.emptyWords(asked)).toMatch(/^[A-Z][^.]*\.$/);
    }
  }
});
