/**
 * Which step of one chain is which step of another. Pairs keep the order of both chains (no crossing), stay
 * within a lane, and make the total of squared similarities as large as it can be: one pair that is equal
 * outweighs two that are half alike.
 *
 * Steps that are equal at both ends are paired at once. For the rest the pairs that are alike enough are found
 * over an inverted index of the steps' words, and the heaviest increasing chain of them with a Fenwick tree:
 * memory grows with the number of steps, not with its square.
 */
import type { Step } from "../trace.ts";
import type { StepIndex } from "../units.ts";
import { type Candidate, findCandidates } from "./align-candidates.ts";
import { stepKey } from "./step-key.ts";

/** What a step is paired by. */
export type AlignedStep = Pick<Step, "text" | "lane">;

/** A row of the alignment: a pair, or a step that only one of the chains has. At least one index is there. */
export interface AlignedRow {
  readonly a?: StepIndex;
  readonly b?: StepIndex;
  /** In [0, 1]; 1 exactly when the texts are the same but for white space. 0 for a step without a partner. */
  readonly similarity: number;
}

interface Pair {
  readonly a: StepIndex;
  readonly b: StepIndex;
  readonly similarity: number;
}

/**
 * Pairs the steps of two chains by their texts. Every step stands in exactly one row; rows keep the order of
 * both chains, and between two pairs `a`'s own steps come before `b`'s. The same pairs are found whichever
 * chain comes first, and a chain is paired with itself step by step. 1,000 with 1,000 steps take tens of
 * milliseconds.
 */
export function alignSteps(a: readonly AlignedStep[], b: readonly AlignedStep[]): readonly AlignedRow[] {
  const keysA = a.map(keyOf);
  const keysB = b.map(keyOf);
  // One order for both directions, so that what ties is settled the same way in both.
  const pairs = comesFirst(keysA, keysB)
    ? pairUp(keysA, keysB)
    : pairUp(keysB, keysA).map((pair) => ({ ...pair, a: pair.b, b: pair.a }));
  return rowsOf(pairs, a.length, b.length);
}

/** A lane's name holds no line end, so a key tells lane and text apart. */
function keyOf({ lane, text }: AlignedStep): string {
  return `${lane}\n${stepKey(text)}`;
}

function comesFirst(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) {
    return a.length < b.length;
  }
  for (const [index, key] of a.entries()) {
    const other = b[index] ?? "";
    if (key !== other) {
      return key < other;
    }
  }
  return true;
}

function pairUp(a: readonly string[], b: readonly string[]): readonly Pair[] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) {
    end += 1;
  }
  const pairs: Pair[] = [];
  for (let index = 0; index < start; index += 1) {
    pairs.push({ a: index, b: index, similarity: 1 });
  }
  const middleB = b.slice(start, b.length - end);
  const candidates = findCandidates(a.slice(start, a.length - end), middleB);
  for (const pair of heaviestChain(candidates, middleB.length)) {
    pairs.push({ a: pair.a + start, b: pair.b + start, similarity: pair.similarity });
  }
  for (let left = end; left > 0; left -= 1) {
    pairs.push({ a: a.length - left, b: b.length - left, similarity: 1 });
  }
  return pairs;
}

interface Link {
  readonly pair: Candidate;
  readonly weight: number;
  readonly before: Link | undefined;
}

/**
 * The chain of pairs, increasing in both indices, with the largest sum of squared similarities.
 * @param candidates Increasing in `a`.
 * @param countB Every candidate's `b` is below it.
 */
function heaviestChain(candidates: readonly Candidate[], countB: number): readonly Candidate[] {
  // A Fenwick tree of maxima: entry i covers the b's of its range that end at i, 1-based.
  const tree = new Array<Link | undefined>(countB + 1).fill(undefined);
  const bestBefore = (b: number): Link | undefined => {
    let best: Link | undefined;
    for (let at = b; at > 0; at -= at & -at) {
      const link = tree[at];
      if (link !== undefined && (best === undefined || link.weight > best.weight)) {
        best = link;
      }
    }
    return best;
  };
  const offer = (link: Link) => {
    for (let at = link.pair.b + 1; at <= countB; at += at & -at) {
      const there = tree[at];
      if (there === undefined || link.weight > there.weight) {
        tree[at] = link;
      }
    }
  };
  let from = 0;
  while (from < candidates.length) {
    const { a } = candidates[from] ?? { a: 0 };
    let to = from;
    const links: Link[] = [];
    for (let pair = candidates[to]; pair?.a === a; to += 1, pair = candidates[to]) {
      const before = bestBefore(pair.b);
      links.push({ pair, weight: (before?.weight ?? 0) + pair.similarity ** 2, before });
    }
    // Only then: a step has one partner.
    links.forEach(offer);
    from = to;
  }
  const chain: Candidate[] = [];
  for (let link = bestBefore(countB); link !== undefined; link = link.before) {
    chain.push(link.pair);
  }
  return chain.reverse();
}

function rowsOf(pairs: readonly Pair[], countA: number, countB: number): readonly AlignedRow[] {
  const rows: AlignedRow[] = [];
  let nextA = 0;
  let nextB = 0;
  const fill = (toA: number, toB: number) => {
    for (; nextA < toA; nextA += 1) {
      rows.push({ a: nextA, similarity: 0 });
    }
    for (; nextB < toB; nextB += 1) {
      rows.push({ b: nextB, similarity: 0 });
    }
  };
  for (const pair of pairs) {
    fill(pair.a, pair.b);
    rows.push(pair);
    nextA = pair.a + 1;
    nextB = pair.b + 1;
  }
  fill(countA, countB);
  return rows;
}
