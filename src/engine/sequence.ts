import { AppError } from "../core/errors.ts";
import type { TokenIndex } from "../core/units.ts";
import type { KeyValueCache } from "./key-value/cache.ts";
import type { CachedSequence, FedTokens, WantedRead } from "./prefix-plan.ts";
import type { LogitRows } from "./readout.ts";

type Row = readonly number[];

/** Tokens that went through the model in one line, with their key-value cache and the logits that were kept. */
export class Sequence implements CachedSequence, LogitRows {
  readonly ids: number[] = [];
  readonly nextIds: number[] = [];
  readonly cache: KeyValueCache;
  readonly #rows = new Map<TokenIndex, Row>();
  readonly #beside = new Map<TokenIndex, { readonly ids: string; readonly row: Row }>();

  constructor(cache: KeyValueCache) {
    this.cache = cache;
  }

  row(token: TokenIndex): Row {
    const row = this.#rows.get(token);
    if (row === undefined) {
      throw new AppError("internal", `token ${token} has no logits`);
    }
    return row;
  }

  /** The logits after `ids` put beside the first `position` tokens; `undefined` when they are not known. */
  rowBeside(position: TokenIndex, ids: readonly number[]): Row | undefined {
    const known = this.#beside.get(position);
    return known?.ids === ids.join() ? known.row : undefined;
  }

  holds({ position, beside }: WantedRead): boolean {
    return beside === undefined ? this.#rows.has(position) : this.rowBeside(position, beside) !== undefined;
  }

  keepRow(position: TokenIndex, row: Row): void {
    this.#rows.set(position, row);
  }

  keepRowBeside(position: TokenIndex, ids: readonly number[], row: Row): void {
    this.#beside.set(position, { ids: ids.join(), row });
  }

  append({ ids, nextIds }: FedTokens): void {
    for (const [index, id] of ids.entries()) {
      this.ids.push(id);
      this.nextIds.push(nextIds[index] ?? id);
    }
  }

  /** Forgets what comes after the first `length` positions, or more where the cache cannot be cut there. */
  rewind(length: TokenIndex): TokenIndex {
    const kept = this.cache.rewind(length);
    this.ids.length = kept;
    this.nextIds.length = kept;
    forgetFrom(this.#rows, kept);
    // What was put beside the first `kept` tokens depends on those alone.
    forgetFrom(this.#beside, kept + 1);
    return kept;
  }

  /** Takes over what another sequence knows of the first `length` positions; the cache holds them already. */
  copyFrom(source: Sequence, length: TokenIndex): void {
    this.append({ ids: source.ids.slice(0, length), nextIds: source.nextIds.slice(0, length) });
    for (const [position, row] of source.#rows) {
      if (position < length) {
        this.#rows.set(position, row);
      }
    }
    for (const [position, known] of source.#beside) {
      if (position <= length) {
        this.#beside.set(position, known);
      }
    }
  }
}

function forgetFrom(map: Map<TokenIndex, unknown>, position: TokenIndex): void {
  for (const key of map.keys()) {
    if (key >= position) {
      map.delete(key);
    }
  }
}
