/** Two models over the same chains: the numbers of what both have scored. Pure. */
import { UNIT_RANGE } from "../core/aggregate/aggregate.ts";
import type { AggregateId } from "../core/aggregate/index.ts";
import type { Entry } from "./best-of.ts";
import type { Candidate } from "./candidates.ts";
import type { Measure } from "./distribution.ts";
import { aggregateById, aggregateInput, traitsOf } from "./inspection.ts";
import { identityOf } from "./model-identity.ts";
import { isWhole, type Rating } from "./ratings.ts";
import { isFinished } from "./runs.ts";
import type { AggregateSettings } from "./view-state.ts";

type Entries = readonly Pick<Entry, "candidate">[];

/** What one of the two models has given. */
export interface ModelSide {
  readonly values: readonly number[];
  /** The least and the greatest that its numbers can be. */
  readonly range: readonly [number, number];
  /** How it is read; undefined where it has rated nothing that the other has. */
  readonly protocol: string | undefined;
}

export interface ModelSides {
  readonly sides: readonly [ModelSide, ModelSide];
  /** How many chains there is a number of. */
  readonly chains: number;
}

/** The rating by one model, by its `identityOf`: of its finished run or, while that is made anew, the one of before. */
function ratingBy({ run, earlier }: Candidate, key: string): Rating | undefined {
  const before = earlier.find((rating) => identityOf(rating) === key);
  return identityOf(run) === key && (before === undefined || isFinished(run)) ? run : before;
}

function hasReward({ scores }: Rating): boolean {
  return scores.some((score) => score !== undefined);
}

/** By `identityOf`, the models that have scored a step or more of these candidates; the one whose runs are shown comes last. */
export function modelsOf(entries: Entries): readonly string[] {
  const shown = new Set<string>();
  const before = new Set<string>();
  for (const { run, earlier } of entries.map(({ candidate }) => candidate)) {
    if (hasReward(run)) {
      shown.add(identityOf(run));
    }
    for (const rating of earlier.filter(hasReward)) {
      before.add(identityOf(rating));
    }
  }
  return [...[...before].filter((key) => !shown.has(key)), ...shown];
}

interface Numbers extends Pick<ModelSide, "range" | "protocol"> {
  readonly values: readonly (number | undefined)[];
}

function rewardsOf(rating: Rating): Numbers {
  const { protocol, scores } = rating;
  return { values: scores.map((score) => score?.reward), range: traitsOf(rating).range, protocol };
}

/** One number, or none where the rating is not whole or the aggregate cannot be made of it. */
function scoreOf(rating: Rating, aggregate: AggregateId, settings: AggregateSettings): Numbers {
  const result = isWhole(rating)
    ? aggregateById(aggregate).compute(aggregateInput(rating, settings))
    : undefined;
  const { value, range = traitsOf(rating).range } = result ?? {};
  return { values: [value], range, protocol: rating.protocol };
}

/**
 * What both models have given a number, as each gave it: the same steps or the same chains on both sides, in one order.
 * @param keys Of the models, in the order of the sides.
 */
export function modelSides(
  entries: Entries,
  keys: readonly [string, string],
  measure: Measure,
  aggregate: AggregateId,
  settings: AggregateSettings,
): ModelSides {
  const numbersOf = (rating: Rating) =>
    measure === "steps" ? rewardsOf(rating) : scoreOf(rating, aggregate, settings);
  const shared = entries.flatMap(({ candidate }) => {
    const [a, b] = [ratingBy(candidate, keys[0]), ratingBy(candidate, keys[1])];
    return a === undefined || b === undefined ? [] : shareOf(numbersOf(a), numbersOf(b));
  });
  const sideOf = (side: 0 | 1): ModelSide => ({
    values: shared.flatMap((chain) => chain[side].values),
    range: shared[0]?.[side].range ?? UNIT_RANGE,
    protocol: shared[0]?.[side].protocol,
  });
  return { sides: [sideOf(0), sideOf(1)], chains: shared.length };
}

/** The numbers that both have; none at all where there is no such. */
function shareOf(a: Numbers, b: Numbers): readonly (readonly [ModelSide, ModelSide])[] {
  const [valuesA, valuesB]: [number[], number[]] = [[], []];
  for (const [index, value] of a.values.entries()) {
    const other = b.values[index];
    if (value !== undefined && other !== undefined) {
      valuesA.push(value);
      valuesB.push(other);
    }
  }
  return valuesA.length === 0
    ? []
    : [
        [
          { ...a, values: valuesA },
          { ...b, values: valuesB },
        ],
      ];
}
