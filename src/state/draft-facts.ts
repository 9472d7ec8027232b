/** What chains bring with them, where the page has a field for it. Pure. */
import type { ChainRecord } from "../core/chain-record.ts";

/**
 * Whose the text of a field is: `own`, the person's; `given`, every chain brings this one; `several`, every chain
 * brings its own; `judged`, every chain says by itself whether it is right.
 */
export type FieldFact =
  | { readonly kind: "own" /** How many chains bring their own all the same. */; readonly except: number }
  | { readonly kind: "given"; readonly text: string }
  | { readonly kind: "several"; readonly count: number }
  | { readonly kind: "judged" };

/** The problem that is scored is a chain's own, where it brings one. */
export function problemFact(records: readonly ChainRecord[]): FieldFact {
  return factOf(records.map(({ problem }) => problem.trim()));
}

/** A chain is held against its own reference answer, where it brings one. */
export function goldFact(records: readonly ChainRecord[]): FieldFact {
  const golds = records.map(({ gold = "" }) => gold.trim());
  const needed = golds.filter((gold, index) => gold !== "" || records[index]?.isCorrect === undefined);
  return records.length > 0 && needed.length === 0 ? { kind: "judged" } : factOf(needed);
}

function factOf(texts: readonly string[]): FieldFact {
  const given = texts.filter((text) => text !== "");
  const [first, ...others] = new Set(given);
  if (first === undefined || given.length < texts.length) {
    return { kind: "own", except: given.length };
  }
  return others.length === 0 ? { kind: "given", text: first } : { kind: "several", count: others.length + 1 };
}
