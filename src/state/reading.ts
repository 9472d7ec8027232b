/** What is read off a scored chain besides its verdict. Pure; views memoise it, nobody stores it. */
import { checkStep, type StepCheck } from "../core/arithmetic/check.ts";
import { type ChainRecord, type StepLabel, stepLabels } from "../core/chain-record.ts";
import { type Disagreement, findDisagreements } from "../core/disagreement.ts";
import { findRetractions } from "../core/retractions.ts";
import { type StepTag, tagSteps } from "../core/step-tags.ts";
import type { Trace } from "../core/trace.ts";
import type { StepIndex } from "../core/units.ts";
import { type Backtrack, findWrongs, type Wrongs } from "../core/wrongs.ts";
import { type Inspection, traitsOf } from "./inspection.ts";
import type { Run } from "./runs.ts";

/** What the text alone says, by step. */
export interface TextReading {
  readonly tags: readonly StepTag[];
  readonly checks: readonly StepCheck[];
  /** The latest earlier step that each takes back. */
  readonly retractions: readonly (StepIndex | undefined)[];
}

export interface Reading extends TextReading {
  /** The tags before the reader's corrections. */
  readonly ruledTags: readonly StepTag[];
  readonly wrongs: Wrongs;
  /** The strongest first. */
  readonly disagreements: readonly Disagreement[];
  /** What the source of the chain says of each step; empty where it says nothing. */
  readonly labels: readonly (StepLabel | null)[];
}

/** Steps whose check is kept: while a chain is being written, all but one stay as they are. */
const MOST_KEPT = 4096;
let keptChecks = new Map<string, StepCheck>();

function checkOf(text: string): StepCheck {
  const known = keptChecks.get(text);
  if (known !== undefined) {
    return known;
  }
  const check = checkStep(text);
  if (keptChecks.size >= MOST_KEPT) {
    keptChecks = new Map();
  }
  keptChecks.set(text, check);
  return check;
}

const texts = new WeakMap<Trace, TextReading>();

/** The same object again for the same trace. */
export function readText(trace: Trace): TextReading {
  const { problem, steps } = trace;
  const known = texts.get(trace);
  if (known !== undefined) {
    return known;
  }
  const checks = steps.map(({ text: words }) => checkOf(words));
  const text = { tags: tagSteps(problem, steps), checks, retractions: findRetractions(steps, checks) };
  texts.set(trace, text);
  return text;
}

const NO_CORRECTIONS: ReadonlyMap<StepIndex, StepTag> = new Map();
const NO_LABELS: Reading["labels"] = [];

/** The last reading of each inspection and what it was made from: actions and views share one. */
const readings = new WeakMap<Inspection, { readonly made: readonly unknown[]; readonly reading: Reading }>();

/**
 * The same object again for as long as all it is made from is the same.
 * @param corrections Tags that the reader set right, by step.
 * @param record Where the chain came from, while its steps are those of the record.
 */
export function readRun(
  run: Run,
  inspection: Inspection,
  text: TextReading,
  corrections: ReadonlyMap<StepIndex, StepTag> = NO_CORRECTIONS,
  record?: ChainRecord,
): Reading {
  const made = [run, text, corrections, record];
  const last = readings.get(inspection);
  if (last !== undefined && made.every((part, index) => part === last.made[index])) {
    return last.reading;
  }
  const reading = read(run, inspection, text, corrections, record);
  readings.set(inspection, { made, reading });
  return reading;
}

function read(
  run: Run,
  inspection: Inspection,
  text: TextReading,
  corrections: ReadonlyMap<StepIndex, StepTag>,
  record: ChainRecord | undefined,
): Reading {
  const { rewards, threshold, range } = inspection;
  const tags =
    corrections.size === 0 ? text.tags : text.tags.map((tag, index) => corrections.get(index) ?? tag);
  return {
    ...text,
    tags,
    ruledTags: text.tags,
    wrongs: wrongsOf(run, inspection, text, corrections),
    disagreements: findDisagreements(rewards, text.checks, { threshold, range }),
    labels: labelsFor(run.trace, record),
  };
}

/** A source that names more or fewer steps than there are has other steps in mind. */
function labelsFor({ steps }: Trace, record: ChainRecord | undefined): Reading["labels"] {
  const labels = record === undefined ? NO_LABELS : stepLabels(record);
  return labels.length === steps.length && labels.some((label) => label !== null) ? labels : NO_LABELS;
}

/** Where a reward speaks of its step alone, only words that take something back can repair what went wrong. */
function wrongsOf(
  run: Run,
  { rewards, threshold }: Inspection,
  { tags, retractions }: TextReading,
  corrections: ReadonlyMap<StepIndex, StepTag>,
): Wrongs {
  const backtracks = tags.map((ruled, index): Backtrack => {
    const chosen = corrections.get(index);
    // A reader who calls a step a backtrack has seen it take something back.
    if (chosen !== undefined) {
      return chosen === "backtrack" ? index - 1 : undefined;
    }
    return retractions[index] ?? (ruled === "backtrack" ? "doubt" : undefined);
  });
  return findWrongs(rewards, threshold, traitsOf(run).survival ? backtracks : undefined);
}

/** How the list of steps is ordered: as the chain goes, or by how much model and arithmetic disagree. */
export type StepOrder = "chain" | "disagreement";

/** Every step once: those in dispute first, the strongest first, then the others as the chain goes. */
export function orderSteps(
  order: StepOrder,
  count: number,
  disagreements: readonly Disagreement[],
): readonly StepIndex[] {
  const all = Array.from({ length: count }, (_, index) => index);
  if (order === "chain") {
    return all;
  }
  const disputed = disagreements.map(({ index }) => index);
  const isDisputed = new Set(disputed);
  return [...disputed, ...all.filter((index) => !isDisputed.has(index))];
}
