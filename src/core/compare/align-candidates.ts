/** The pairs of steps that are alike enough to be one another's partner. */
import type { StepIndex } from "../units.ts";
import { FeatureIndex } from "./step-features.ts";

export interface Candidate {
  readonly a: StepIndex;
  readonly b: StepIndex;
  /** In [LEAST_SIMILARITY, 1]. */
  readonly similarity: number;
}

/**
 * Below it two steps are different steps. A short equation in which two of its numbers changed has 0.45, two
 * sentences of the same chain that share its vocabulary rarely more than 0.3.
 */
const LEAST_SIMILARITY = 0.4;
/** Two texts with the same words in the same pairs are alike, but equal they are not. */
const MOST_OF_DIFFERENT = 0.99;
/** Partners considered for one step, so that a thousand equal steps do not make a million pairs. */
const MOST_PARTNERS = 24;
/**
 * Additions that counting may take, some tens of milliseconds. Beyond it the commonest features, which tell
 * steps apart the least, are not counted.
 */
const MOST_ADDITIONS = 3_000_000;

/**
 * Similarity is Sørensen's coefficient over words and pairs of words: twice what is shared by what there is.
 *
 * @param a Keys of steps: the lane, a line end, the text.
 * @returns Increasing in `a`, then in `b`.
 */
export function findCandidates(a: readonly string[], b: readonly string[]): readonly Candidate[] {
  const known = new FeatureIndex();
  const allA = a.map((key) => known.featuresOf(textOf(key)));
  const allB = b.map((key) => known.featuresOf(textOf(key)));
  const tooCommon = tooCommonFeatures(allA, allB, known.size);
  const counted = (features: readonly number[]) => features.filter((feature) => !tooCommon.has(feature));
  const featuresA = allA.map(counted);
  const featuresB = allB.map(counted);
  const { starts, steps } = postingsOf(featuresB, known.size);
  const lanesB = b.map(laneOf);
  const equals = placesOf(b);
  const overlap = new Int32Array(b.length);
  // The steps of b that share something with the step at hand: long chains are mostly others.
  const touched = new Int32Array(b.length);
  const found: Candidate[] = [];
  for (const [at, key] of a.entries()) {
    let touchedCount = 0;
    const features = featuresA[at] ?? [];
    for (const feature of features) {
      const end = starts[feature + 1] ?? 0;
      for (let entry = starts[feature] ?? 0; entry < end; entry += 1) {
        const step = steps[entry] ?? 0;
        if (overlap[step] === 0) {
          touched[touchedCount] = step;
          touchedCount += 1;
        }
        overlap[step] = (overlap[step] ?? 0) + 1;
      }
    }
    const place = (at * b.length) / a.length;
    let partners = nearest(equals.get(key) ?? [], place).map((step) => ({ a: at, b: step, similarity: 1 }));
    let least = LEAST_SIMILARITY;
    const lane = laneOf(key);
    for (let index = 0; index < touchedCount; index += 1) {
      const step = touched[index] ?? 0;
      const shared = (2 * (overlap[step] ?? 0)) / (features.length + (featuresB[step]?.length ?? 0));
      overlap[step] = 0;
      if (shared >= least && lanesB[step] === lane && b[step] !== key) {
        partners.push({ a: at, b: step, similarity: Math.min(shared, MOST_OF_DIFFERENT) });
        if (partners.length === 2 * MOST_PARTNERS) {
          partners = best(partners, place);
          least = Math.max(least, partners.at(-1)?.similarity ?? 0);
        }
      }
    }
    found.push(...best(partners, place).sort((x, y) => x.b - y.b));
  }
  return found;
}

function laneOf(key: string): string {
  return key.slice(0, key.indexOf("\n"));
}

function textOf(key: string): string {
  return key.slice(key.indexOf("\n") + 1);
}

/** The best partners of a step, best first; at equal similarity those nearest to its place. */
function best(partners: readonly Candidate[], place: number): Candidate[] {
  return partners
    .toSorted(
      (x, y) => y.similarity - x.similarity || Math.abs(x.b - place) - Math.abs(y.b - place) || x.b - y.b,
    )
    .slice(0, MOST_PARTNERS);
}

/** Of increasing places those nearest to one of them. */
function nearest(places: readonly number[], place: number): readonly number[] {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < place) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const half = MOST_PARTNERS >> 1;
  return places.slice(Math.max(0, low - half), low + half);
}

function placesOf(keys: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) {
    const there = places.get(key);
    if (there === undefined) {
      places.set(key, [index]);
    } else {
      there.push(index);
    }
  }
  return places;
}

/** In how many steps each feature is. */
function frequencies(all: readonly (readonly number[])[], featureCount: number): Int32Array {
  const steps = new Int32Array(featureCount);
  for (const features of all) {
    for (const feature of features) {
      steps[feature] = (steps[feature] ?? 0) + 1;
    }
  }
  return steps;
}

/** The features to leave out so that the rest can be counted with `MOST_ADDITIONS`, the commonest first. */
function tooCommonFeatures(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  featureCount: number,
): ReadonlySet<number> {
  const inB = frequencies(b, featureCount);
  const costs = Float64Array.from(
    frequencies(a, featureCount),
    (steps, feature) => steps * (inB[feature] ?? 0),
  );
  let cost = costs.reduce((sum, one) => sum + one, 0);
  const tooCommon = new Set<number>();
  if (cost > MOST_ADDITIONS) {
    const dearest = [...costs.keys()].sort((x, y) => (costs[y] ?? 0) - (costs[x] ?? 0) || x - y);
    for (const feature of dearest) {
      if (cost <= MOST_ADDITIONS) {
        break;
      }
      tooCommon.add(feature);
      cost -= costs[feature] ?? 0;
    }
  }
  return tooCommon;
}

/** Which steps have a feature: `steps` from entry `starts[feature]` up to `starts[feature + 1]`. */
interface Postings {
  readonly starts: Int32Array;
  readonly steps: Int32Array;
}

function postingsOf(all: readonly (readonly number[])[], featureCount: number): Postings {
  const starts = new Int32Array(featureCount + 1);
  starts.set(frequencies(all, featureCount), 1);
  for (let feature = 0; feature < featureCount; feature += 1) {
    starts[feature + 1] = (starts[feature + 1] ?? 0) + (starts[feature] ?? 0);
  }
  const next = starts.slice();
  const steps = new Int32Array(starts[featureCount] ?? 0);
  for (const [step, features] of all.entries()) {
    for (const feature of features) {
      const entry = next[feature] ?? 0;
      steps[entry] = step;
      next[feature] = entry + 1;
    }
  }
  return { starts, steps };
}
