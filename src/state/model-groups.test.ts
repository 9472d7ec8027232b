import { describe, expect, it } from "vitest";
import { areaUnderCurve, overlapCoefficient } from "../core/distribution/separation.ts";
import type { Candidate } from "./candidates.ts";
import { jointRange } from "./distribution.ts";
import { modelSides, modelsOf } from "./model-groups.ts";
import { readIdentity } from "./model-identity.ts";
import { ratedCandidate, ratingBy } from "./testing/rated-candidate.ts";

const SETTINGS = { alpha: 1, usesSteps: true, usesTrajectory: true };
const [OLD, NEW] = ["old", "new"];
const BOTH = [OLD, NEW] as const;

const entriesOf = (...candidates: readonly Candidate[]) => candidates.map((candidate) => ({ candidate }));

describe("the models of candidates", () => {
  it("are told in the order in which they scored, the one that is shown last", () => {
    const first = ratedCandidate(
      NEW,
      [0.5],
      [ratingBy("older", "trl-prm", [0.1]), ratingBy(OLD, "trl-prm", [0.2])],
    );
    expect(modelsOf(entriesOf(first))).toEqual(["older", OLD, NEW]);
    // Scored again by the first of them.
    const again = ratedCandidate(
      OLD,
      [0.2],
      [ratingBy(OLD, "trl-prm", [0.2]), ratingBy(NEW, "trl-prm", [0.5])],
    );
    expect(modelsOf(entriesOf(again))).toEqual([NEW, OLD]);
  });

  it("are two where one was deleted and another was added under its name", () => {
    const candidate = ratedCandidate(NEW, [0.5], [{ ...ratingBy(NEW, "pure-prm", [-0.2]), digest: "a" }], {
      digest: "b",
    });
    const keys = modelsOf(entriesOf(candidate));
    expect(keys.map(readIdentity)).toEqual([
      { modelKey: NEW, digest: "a" },
      { modelKey: NEW, digest: "b" },
    ]);
    const [a = "", b = ""] = keys;
    const { sides } = modelSides(entriesOf(candidate), [a, b], "steps", "mean", SETTINGS);
    expect(sides.map(({ values }) => values)).toEqual([[-0.2], [0.5]]);
  });

  it("are those that have scored a step", () => {
    expect(modelsOf(entriesOf(ratedCandidate(NEW, [undefined])))).toEqual([]);
    const open = ratedCandidate(NEW, [undefined], [ratingBy(OLD, "trl-prm", [0.2])], { status: "stopped" });
    expect(modelsOf(entriesOf(open))).toEqual([OLD]);
  });
});

describe("the numbers of two models", () => {
  const part = ratedCandidate(
    NEW,
    [0.9, undefined, 0.8],
    [ratingBy(OLD, "pure-prm", [-0.5, 0.1, undefined])],
  );
  const whole = ratedCandidate(NEW, [0.6, 0.2], [ratingBy(OLD, "pure-prm", [-0.2, 0.4])]);
  const alone = ratedCandidate(NEW, [0.3, 0.3]);

  it("are of the steps that both have scored, each in its own range", () => {
    const { sides, chains } = modelSides(entriesOf(part, whole, alone), BOTH, "steps", "mean", SETTINGS);
    expect(sides.map(({ values }) => values)).toEqual([
      [-0.5, -0.2, 0.4],
      [0.9, 0.6, 0.2],
    ]);
    expect(sides.map(({ range }) => range)).toEqual([
      [-1, 1],
      [0, 1],
    ]);
    expect(sides.map(({ protocol }) => protocol)).toEqual(["pure-prm", "stepscope-prm"]);
    expect(chains).toBe(2);
  });

  it("are of the chains of which both have a score by the aggregate", () => {
    const entries = entriesOf(part, whole, alone);
    const scoresBy = (aggregate: "min" | "product" | "reasonflux") =>
      modelSides(entries, BOTH, "scores", aggregate, SETTINGS).sides.map(({ values, range }) => ({
        values,
        range,
      }));
    expect(scoresBy("min")).toEqual([
      { values: [-0.2], range: [-1, 1] },
      { values: [0.2], range: [0, 1] },
    ]);
    // A reward below zero is no factor, and neither has a trajectory reward.
    expect(scoresBy("product").map(({ values }) => values)).toEqual([[], []]);
    expect(scoresBy("reasonflux").map(({ values }) => values)).toEqual([[], []]);
  });

  it("are those of before while a model scores anew", () => {
    const earlier = [ratingBy(OLD, "trl-prm", [0.1, 0.2]), ratingBy(NEW, "trl-prm", [0.7, 0.8])];
    const anew = ratedCandidate(NEW, [0.7, undefined], earlier, { status: "running" });
    const { sides } = modelSides(entriesOf(anew), BOTH, "steps", "mean", SETTINGS);
    expect(sides.map(({ values }) => values)).toEqual([
      [0.1, 0.2],
      [0.7, 0.8],
    ]);
  });

  it("overlap as numpy's histograms do", () => {
    // Beta(4, 2) of numpy's default_rng(2), three decimals; B's stretched to -1 … 1.
    const a = [
      0.773, 0.866, 0.564, 0.569, 0.724, 0.722, 0.255, 0.294, 0.759, 0.85, 0.828, 0.661, 0.249, 0.69, 0.886,
      0.777, 0.932, 0.591, 0.607, 0.506, 0.505, 0.762, 0.887, 0.759,
    ];
    const b = [
      0.609, 0.262, -0.122, 0.631, 0.829, -0.186, 0.399, 0.694, 0.46, 0.724, 0.284, 0.051, 0.242, 0.391,
      0.607, 0.044, 0.617, 0.002, 0.323, -0.041, 0.04, 0.035, 0.697, -0.511,
    ];
    const entries = entriesOf(
      ...Array.from({ length: 12 }, (_, chain) =>
        ratedCandidate(NEW, a.slice(2 * chain, 2 * chain + 2), [
          ratingBy(OLD, "pure-prm", b.slice(2 * chain, 2 * chain + 2)),
        ]),
      ),
    );
    for (const [measure, overlap, auc] of [
      ["steps", 0.33333333333333337, 0.8177083333333334],
      ["scores", 0.3333333333333333, 0.9236111111111112],
    ] as const) {
      const [ofB, ofA] = modelSides(entries, BOTH, measure, "mean", SETTINGS).sides;
      const range = jointRange(ofA.range, ofB.range);
      expect(range).toEqual([-1, 1]);
      expect(overlapCoefficient(ofA.values, ofB.values, range)).toBeCloseTo(overlap, 12);
      expect(areaUnderCurve(ofA.values, ofB.values)).toBeCloseTo(auc, 12);
    }
  });
});
