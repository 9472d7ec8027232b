/** What is looked for in the steps of the run. Hits follow from it; see `findInRun`. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { type Found, findSteps, type Hit, type Searched } from "../core/find/match.ts";
import { parseQuery } from "../core/find/query.ts";
import type { Span } from "../core/find/spans.ts";
import type { Trace } from "../core/trace.ts";
import type { StepIndex } from "../core/units.ts";
import type { Inspection } from "./inspection.ts";
import type { Reading } from "./reading.ts";
import type { Run } from "./runs.ts";

/** What became of looking for a regular expression; `stopped`: it took too long. */
export type PatternOutcome =
  | { readonly kind: "found"; readonly spans: readonly (readonly Span[])[] }
  | { readonly kind: "stopped" };

export interface FindState {
  readonly isOpen: boolean;
  /** How often it was asked for: each time its field takes the focus. */
  readonly asked: number;
  /** As it was typed. */
  readonly query: string;
  /** The hit one has gone to. */
  readonly current: Hit | undefined;
  /** The steps that `patterns` is about. */
  readonly searched: Trace | undefined;
  /** By regular expression. */
  readonly patterns: ReadonlyMap<string, PatternOutcome>;
  /** What to come back to. */
  readonly before: Before | undefined;
  /** It was closed to come back. */
  readonly isBack: boolean;
}

interface Before {
  readonly selected: StepIndex | undefined;
  /** Long steps that were shown whole. */
  readonly opened: ReadonlySet<StepIndex>;
}

const NO_FIND: FindState = {
  isOpen: false,
  asked: 0,
  query: "",
  current: undefined,
  searched: undefined,
  patterns: new Map(),
  before: undefined,
  isBack: false,
};

export function askToFind(state: FindState, before: Before): FindState {
  const { isOpen, asked } = state;
  return { ...state, isOpen: true, asked: asked + 1, before: isOpen ? state.before : before, isBack: false };
}

export function typeQuery(state: FindState, query: string): FindState {
  return { ...state, query, current: undefined };
}

/** Keeps what became of a pattern in the steps of a trace; of another trace nothing is kept. */
export function putPattern(
  state: FindState,
  trace: Trace,
  pattern: string,
  outcome: PatternOutcome,
): FindState {
  const patterns = new Map(state.searched === trace ? state.patterns : []);
  return { ...state, searched: trace, patterns: patterns.set(pattern, outcome) };
}

/** Closes it; what was typed is there when it is opened again. */
export function closeFind(state: FindState, isBack: boolean): FindState {
  return { ...state, isOpen: false, current: undefined, before: undefined, isBack };
}

/** What is known of the regular expressions in these steps. */
function patternsIn(state: FindState, trace: Trace): FindState["patterns"] {
  return state.searched === trace ? state.patterns : NO_FIND.patterns;
}

/** The regular expressions of the query that nobody has looked for in these steps yet. */
export function patternsToFind(state: FindState, trace: Trace): readonly string[] {
  const query = parseQuery(state.query);
  const known = patternsIn(state, trace);
  return query.kind === "problem"
    ? []
    : query.terms.flatMap(({ condition }) =>
        condition.kind === "pattern" && !known.has(condition.pattern) ? [condition.pattern] : [],
      );
}

export type FindOutcome =
  | { readonly kind: "nothing" }
  | { readonly kind: "searching" }
  | { readonly kind: "problem"; readonly problem: string }
  | { readonly kind: "found"; readonly found: Found };

/** Looked into by several views at once: the last outcome is kept. */
let last: { readonly key: readonly unknown[]; readonly outcome: FindOutcome } | undefined;

export function findInRun(
  state: FindState,
  { trace }: Pick<Run, "trace">,
  { rewards }: Pick<Inspection, "rewards">,
  { tags, labels, checks, disagreements }: Pick<Reading, "tags" | "labels" | "checks" | "disagreements">,
): FindOutcome {
  const { steps } = trace;
  const patterns = patternsIn(state, trace);
  const key = [state.isOpen, state.query, patterns, steps, rewards, tags, labels, checks, disagreements];
  if (last === undefined || key.some((part, index) => part !== last?.key[index])) {
    last = {
      key,
      outcome: outcomeOf(state, patterns, { steps, rewards, tags, labels, checks, disagreements }),
    };
  }
  return last.outcome;
}

function outcomeOf(
  { isOpen, query }: FindState,
  patterns: FindState["patterns"],
  searched: Searched,
): FindOutcome {
  const parsed = parseQuery(query);
  if (parsed.kind === "problem") {
    return isOpen ? parsed : { kind: "nothing" };
  }
  if (!isOpen || parsed.terms.length === 0) {
    return { kind: "nothing" };
  }
  const spans = new Map<string, readonly (readonly Span[])[]>();
  for (const [pattern, outcome] of patterns) {
    if (outcome.kind === "found") {
      spans.set(pattern, outcome.spans);
    }
  }
  const stopped = parsed.terms.find(
    ({ condition }) => condition.kind === "pattern" && patterns.get(condition.pattern)?.kind === "stopped",
  );
  if (stopped?.condition.kind === "pattern") {
    return {
      kind: "problem",
      problem: `The regular expression /${stopped.condition.pattern}/ takes too long on this chain: looking for it was stopped.`,
    };
  }
  const found = findSteps(parsed.terms, searched, spans);
  return found === undefined ? { kind: "searching" } : { kind: "found", found };
}

export const findStore = createStore<FindState>()(() => NO_FIND);

export function useFind<T>(select: (state: FindState) => T): T {
  return useStore(findStore, select);
}
