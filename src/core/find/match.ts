/** Which steps meet a query, and where in their text. Linear in the text for each term. */
import type { StepCheck } from "../arithmetic/check.ts";
import type { StepLabel } from "../chain-record.ts";
import type { Disagreement } from "../disagreement.ts";
import type { StepTag } from "../step-tags.ts";
import type { Step } from "../trace.ts";
import type { StepIndex } from "../units.ts";
import type { StepRewards } from "../verdict.ts";
import { type Comparison, type Condition, compileText, type Term } from "./query.ts";
import { findSpans, type Span } from "./spans.ts";

/** What is known of a chain. */
export interface Searched {
  readonly steps: readonly Step[];
  readonly rewards: StepRewards;
  readonly tags: readonly StepTag[];
  /** By its source; none where that says nothing. */
  readonly labels: readonly (StepLabel | null)[];
  readonly checks: readonly Pick<StepCheck, "status">[];
  readonly disagreements: readonly Pick<Disagreement, "index">[];
}

/** A place to go to: an occurrence of a text, or a step that was not found by its text. */
export interface Hit {
  readonly step: StepIndex;
  readonly span: Span | undefined;
}

export interface Found {
  /** In the order of the chain. */
  readonly hits: readonly Hit[];
  /** The occurrences in each step that is met; none where it was not found by its text. */
  readonly spans: ReadonlyMap<StepIndex, readonly Span[]>;
  /** There are more hits than these. */
  readonly isCut: boolean;
}

/** More places are not listed. */
export const MOST_HITS = 5000;

const NOTHING_FOUND: Found = { hits: [], spans: new Map(), isCut: false };

/**
 * @param terms All have to be met; none meet no step.
 * @param patterns The spans of each regular expression in each step.
 * @returns undefined while those of a pattern are not known
 */
export function findSteps(
  terms: readonly Term[],
  searched: Searched,
  patterns: ReadonlyMap<string, readonly (readonly Span[])[]>,
): Found | undefined {
  if (terms.length === 0) {
    return NOTHING_FOUND;
  }
  const tests: StepTest[] = [];
  for (const { condition, isNegated } of terms) {
    const test = testOf(condition, searched, patterns);
    if (test === undefined) {
      return undefined;
    }
    tests.push(isNegated ? (index) => negated(test(index)) : test);
  }
  const spans = new Map<StepIndex, readonly Span[]>();
  const hits: Hit[] = [];
  for (const { index } of searched.steps) {
    const met = meetsAll(tests, index);
    if (met !== undefined) {
      spans.set(index, met);
      for (const span of met.length === 0 ? [undefined] : met) {
        hits.push({ step: index, span });
      }
    }
  }
  return { hits: hits.slice(0, MOST_HITS), spans, isCut: hits.length > MOST_HITS };
}

/** The spans by which a step meets a condition; "unmet"; or "unknown" where what it asks about is not known. */
type Outcome = readonly Span[] | "unmet" | "unknown";
type StepTest = (index: StepIndex) => Outcome;

const MET: readonly Span[] = [];

/** What is not known meets neither a condition nor its opposite. */
function negated(outcome: Outcome): Outcome {
  if (outcome === "unknown") {
    return outcome;
  }
  return outcome === "unmet" ? MET : "unmet";
}

function meetsAll(tests: readonly StepTest[], index: StepIndex): readonly Span[] | undefined {
  const all: (readonly Span[])[] = [];
  for (const test of tests) {
    const outcome = test(index);
    if (outcome === "unmet" || outcome === "unknown") {
      return undefined;
    }
    all.push(outcome);
  }
  return joinSpans(all.flat());
}

/** In order; those that overlap are one, and those without a character are left out. */
function joinSpans(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (span.end === span.start) {
      continue;
    }
    if (last !== undefined && span.start < last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else {
      joined.push(span);
    }
  }
  return joined;
}

function testOf(
  condition: Condition,
  searched: Searched,
  patterns: ReadonlyMap<string, readonly (readonly Span[])[]>,
): StepTest | undefined {
  const { steps, rewards, tags, labels, checks } = searched;
  switch (condition.kind) {
    case "text": {
      const expression = compileText(condition.text);
      return (index) => foundBy(findSpans(expression, steps[index]?.text ?? ""));
    }
    case "pattern": {
      const found = patterns.get(condition.pattern);
      return found && ((index) => foundBy(found[index] ?? []));
    }
    case "score":
      return (index) => compared(rewards[index], condition);
    case "delta":
      return (index) => compared(deltaAt(rewards, index), condition);
    case "lane":
      return (index) => (steps[index]?.lane === condition.lane ? MET : "unmet");
    case "tag":
      return (index) => (tags[index] === condition.tag ? MET : "unmet");
    case "sum":
      return (index) => (checks[index]?.status === condition.status ? MET : "unmet");
    case "disagree": {
      const disputed = new Set(searched.disagreements.map(({ index }) => index));
      return (index) => (rewards[index] === undefined ? "unknown" : disputed.has(index) ? MET : "unmet");
    }
    case "label":
      return (index) => labelled(labels[index] ?? undefined, condition.label);
  }
}

function labelled(label: StepLabel | undefined, wanted: StepLabel): Outcome {
  if (label === undefined) {
    return "unknown";
  }
  return label === wanted ? MET : "unmet";
}

function foundBy(spans: readonly Span[]): Outcome {
  return spans.length === 0 ? "unmet" : spans;
}

function deltaAt(rewards: StepRewards, index: StepIndex): number | undefined {
  const [before, now] = [rewards[index - 1], rewards[index]];
  return before === undefined || now === undefined ? undefined : now - before;
}

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function compared(
  number: number | undefined,
  { comparison, value }: { readonly comparison: Comparison; readonly value: number },
): Outcome {
  if (number === undefined) {
    return "unknown";
  }
  return COMPARE[comparison](number, value) ? MET : "unmet";
}

/**
 * The place of a hit among others, or of the next one behind it where it is gone: scores that arrive change what is
 * found.
 * @returns -1 when there is none from there on
 */
export function placeOfHit(hits: readonly Hit[], { step, span }: Hit): number {
  const start = span?.start ?? 0;
  return hits.findIndex((hit) => hit.step > step || (hit.step === step && (hit.span?.start ?? 0) >= start));
}

/**
 * The next (1) or previous (-1) hit, around the end.
 * @param from Where one is; a step alone means before its first hit.
 */
export function nextHit(found: Found, from: Hit | undefined, direction: 1 | -1): Hit | undefined {
  const { hits } = found;
  if (from === undefined) {
    return direction === 1 ? hits[0] : hits.at(-1);
  }
  const place = placeOfHit(hits, from);
  const here = hits[place];
  const isThere = here !== undefined && here.step === from.step && here.span?.start === from.span?.start;
  if (direction === -1) {
    return hits[place - 1 < 0 ? hits.length - 1 : place - 1];
  }
  return hits[place < 0 ? 0 : isThere ? (place + 1) % hits.length : place];
}
