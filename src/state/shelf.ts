/** Finished runs that are not on the screen, to be shown again when their text is. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Bytes } from "../core/units.ts";
import { isScoredBy, type ScoredBy } from "./model-identity.ts";
import { addRating, type Rating, ratingOf } from "./ratings.ts";
import { isFinished, type Run } from "./runs.ts";
import type { Source } from "./workspace.ts";

export interface Shelf {
  /** By `sourceKey`, the least recently used text first; of one text the newest run first, one of each model. */
  readonly places: ReadonlyMap<string, readonly Run[]>;
  /** What all runs together take, by `weigh`. */
  readonly bytes: Bytes;
  /** Texts that a person has cleared: their runs are here while the page is, and are kept nowhere else. */
  readonly fleeting: ReadonlySet<string>;
}

/** Which model's run is wanted. */
export interface Asked extends ScoredBy {
  /** Undefined while the model is not loaded: any will do. */
  readonly variant: string | undefined;
}

export const EMPTY_SHELF: Shelf = { places: new Map(), bytes: 0, fleeting: new Set() };

/** Some 200 chains of a thousand tokens; what goes beyond is forgotten, the least recently used first. */
export const MOST_BYTES = 32 * 1024 * 1024;

/** What a token of a run takes, its text, id, hazard and logits together, as JSON has it. */
const BYTES_PER_TOKEN = 160;
const BYTES_PER_STEP = 160;

/** About what a run takes, here and in the browser's storage. */
export function weigh({ source, prompt, scores }: Run): Bytes {
  const characters = source.problem.length + source.chain.length + (prompt?.text.length ?? 0);
  return characters + (prompt?.ids.length ?? 0) * BYTES_PER_TOKEN + scores.length * BYTES_PER_STEP;
}

const keys = new WeakMap<Source, string>();

/** Equal for equal sources, and only for those. */
export function sourceKey(source: Source): string {
  const known = keys.get(source);
  if (known !== undefined) {
    return known;
  }
  const { problem, chain, strategy, delimiter, own } = source;
  const ranges = own.map(({ start, end }) => `${start}-${end}`).join(" ");
  // Lengths go before what is of any text, so that no two sources run together.
  const key = [strategy, delimiter.length, delimiter, ranges, problem.length, problem, chain].join("\n");
  keys.set(source, key);
  return key;
}

function isSameModel(a: Asked, b: Asked): boolean {
  return a.modelKey === b.modelKey && a.digest === b.digest && a.variant === b.variant;
}

function weighAll(runs: readonly Run[]): Bytes {
  return runs.reduce((sum, run) => sum + weigh(run), 0);
}

/** Takes up a run, in place of an earlier one of the same text and model; one that is not finished is none. */
export function shelveRun(shelf: Shelf, run: Run, mostBytes: Bytes = MOST_BYTES): Shelf {
  if (!isFinished(run)) {
    return shelf;
  }
  const key = sourceKey(run.source);
  const before = shelf.places.get(key) ?? [];
  const runs = [alone(run), ...before.filter((other) => !isSameModel(other, run))];
  const places = new Map(shelf.places);
  // Taken out first: a map is in the order of its entries.
  places.delete(key);
  places.set(key, runs);
  let bytes = shelf.bytes - weighAll(before) + weighAll(runs);
  for (const [oldest, gone] of places) {
    if (bytes <= mostBytes || oldest === key) {
      break;
    }
    places.delete(oldest);
    bytes -= weighAll(gone);
  }
  return { places, bytes, fleeting: without(shelf.fleeting, key) };
}

/** Without what belongs to its time on the screen; the same run where there is nothing of that. */
function alone(run: Run): Run {
  const { isBack: _, ...kept } = run;
  return run.ghost === undefined && run.isBack === undefined ? run : { ...kept, ghost: undefined };
}

/** Takes up runs of an earlier visit, the newest first; those that are here already are newer than all of them. */
export function recallRuns(shelf: Shelf, recalled: readonly Run[]): Shelf {
  const here = [...shelf.places.values()].flatMap((runs) => runs.toReversed());
  const all = [...recalled.toReversed(), ...here].reduce(
    (filled, run) => shelveRun(filled, run),
    EMPTY_SHELF,
  );
  return { ...all, fleeting: shelf.fleeting };
}

function without(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? new Set([...keys].filter((other) => other !== key)) : keys;
}

/**
 * The run of a text: by the model that is asked for, in the variant asked for where there is that, else by the model
 * that scored it last.
 */
export function findRun({ places }: Shelf, source: Source, asked: Asked): Run | undefined {
  const runs = places.get(sourceKey(source)) ?? [];
  return runs.find((run) => isSameModel(run, asked)) ?? runs.find((run) => isScoredBy(run, asked)) ?? runs[0];
}

/** What models have said of a text, one rating of each, the newest last. */
export function ratingsOf({ places }: Shelf, source: Source): readonly Rating[] {
  const runs = places.get(sourceKey(source)) ?? [];
  return runs
    .toReversed()
    .map(ratingOf)
    .reduce(addRating, [] as readonly Rating[]);
}

/** Whether a run's numbers are those that the model asked for would give. */
export function isBy(run: Run, asked: Asked): boolean {
  return isScoredBy(run, asked) && (asked.variant === undefined || run.variant === asked.variant);
}

/** A text is looked at again: its runs are the last to be forgotten. */
export function touchSource(shelf: Shelf, source: Source): Shelf {
  const key = sourceKey(source);
  const runs = shelf.places.get(key);
  if (runs === undefined) {
    return shelf;
  }
  const places = new Map(shelf.places);
  places.delete(key);
  places.set(key, runs);
  return { ...shelf, places, fleeting: without(shelf.fleeting, key) };
}

/** Forgets all runs of these texts. */
export function forgetSources(shelf: Shelf, sources: readonly Source[]): Shelf {
  const places = new Map(shelf.places);
  let { bytes } = shelf;
  for (const source of sources) {
    const key = sourceKey(source);
    bytes -= weighAll(places.get(key) ?? []);
    places.delete(key);
  }
  return { ...shelf, places, bytes };
}

/** The text was cleared: its runs stay for who takes that back, and outlive the page no more. */
export function makeFleeting(shelf: Shelf, source: Source): Shelf {
  const key = sourceKey(source);
  return shelf.places.has(key) ? { ...shelf, fleeting: new Set([...shelf.fleeting, key]) } : shelf;
}

/** Every problem of which there is a run. */
export function problemsOnShelf({ places }: Shelf): ReadonlySet<string> {
  return new Set([...places.values()].flatMap((runs) => runs.map(({ source }) => source.problem)));
}

/** Runs that outlive the page, the first to be forgotten last. */
export function lastingRuns({ places, fleeting }: Shelf): readonly Run[] {
  return Array.from(places)
    .reverse()
    .flatMap(([key, runs]) => (fleeting.has(key) ? [] : runs));
}

export const shelfStore = createStore<Shelf>()(() => EMPTY_SHELF);

export function useShelf<T>(select: (state: Shelf) => T): T {
  return useStore(shelfStore, select);
}
