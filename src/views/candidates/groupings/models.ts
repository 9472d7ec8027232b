import { UNIT_RANGE } from "../../../core/aggregate/aggregate.ts";
import type { Entry } from "../../../state/best-of.ts";
import { jointRange } from "../../../state/distribution.ts";
import { type ModelSide, modelSides, modelsOf } from "../../../state/model-groups.ts";
import { formatCount, plural } from "../../../ui/format-number.ts";
import type { Counted, Grouping, Parted } from "./grouping.ts";

interface ModelPair {
  readonly id: string;
  readonly keys: readonly [string, string];
}

const NOBODY = { label: "", values: [] } as const;

/** Every two models, those that scored last first; of each two the later one is B. */
function pairsOf(entries: readonly Entry[]): readonly ModelPair[] {
  const keys = modelsOf(entries).toReversed();
  return keys.flatMap((b, index) =>
    keys.slice(index + 1).map((a): ModelPair => ({ id: JSON.stringify([a, b]), keys: [a, b] })),
  );
}

/** The pair that is asked for, else the likeliest; undefined where fewer than two models have scored. */
function pairOf({ entries, pair }: Counted): ModelPair | undefined {
  const pairs = pairsOf(entries);
  return pairs.find(({ id }) => id === pair) ?? pairs[0];
}

function rangeWords(range: ModelSide["range"]): string {
  const [low, high] = range.map((end) => String(Number(end.toFixed(2))).replace("-", "−"));
  return range.every(Number.isFinite) ? `from ${low} to ${high}` : "of any size";
}

function remarksOn([a, b]: readonly [ModelSide, ModelSide], chains: number, all: number): readonly string[] {
  const isScaledAlike = a.range[0] === b.range[0] && a.range[1] === b.range[1];
  return [
    ...(chains < all
      ? [`Only what both have scored is counted: ${formatCount(chains)} of ${plural(all, "candidate")}.`]
      : []),
    ...(isScaledAlike
      ? []
      : [
          `The numbers are as each model gives them: A’s can be ${rangeWords(a.range)}, B’s ${rangeWords(b.range)}.`,
        ]),
    ...(a.protocol === b.protocol
      ? []
      : ["Their rewards mean different things: compare shapes, not heights."]),
  ];
}

/** The same steps, or the same chains, as one model and as another has scored them. */
export const models = {
  id: "models",
  label: "model A against model B",
  measures: ["steps", "scores"],
  part(counted: Counted): Parted {
    const { entries, measure, aggregate, settings, nameOf } = counted;
    const pair = pairOf(counted);
    if (pair === undefined) {
      return { groups: [NOBODY, NOBODY], range: UNIT_RANGE, remarks: [] };
    }
    const { sides, chains } = modelSides(entries, pair.keys, measure, aggregate, settings);
    const [a, b] = sides;
    return {
      groups: [
        { label: nameOf(pair.keys[0]), letter: "A", values: a.values },
        { label: nameOf(pair.keys[1]), letter: "B", values: b.values },
      ],
      range: jointRange(a.range, b.range),
      remarks: remarksOn(sides, chains, entries.length),
    };
  },
  emptyWords({ entries, measure, nameOf }: Counted) {
    const [only, other] = modelsOf(entries);
    if (only === undefined) {
      return "No step is scored yet.";
    }
    if (other === undefined) {
      return `Only ${nameOf(only)} has scored these candidates: use another model, under Models, and score them again.`;
    }
    return measure === "steps"
      ? "No step is scored by both models yet."
      : "No chain has this trajectory score by both models: choose another under “Choose by”.";
  },
  pairs(entries: readonly Entry[], nameOf: Counted["nameOf"]) {
    return pairsOf(entries).map(({ id, keys: [a, b] }) => ({
      id,
      label: `${nameOf(a)} against ${nameOf(b)}`,
    }));
  },
  meaning:
    "The more the two overlap, the more alike the models’ numbers are as a whole; whether they are alike step by step, Compare shows for any two runs. A beginning that chains share counts once for each of them.",
} as const satisfies Grouping;
