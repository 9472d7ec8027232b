/**
 * One sequence going through the model in chunks: feeds tokens with the key-value cache of what came before
 * and keeps the logits of the positions asked for. Knows nothing of steps or rewards.
 */
import { type PreTrainedModel, Tensor } from "@huggingface/transformers";
import { AppError } from "../core/errors.ts";
import type { TokenIndex } from "../core/units.ts";
import { KvCache } from "./kv-cache.ts";
import { type FedTokens, planPrefix } from "./prefix-plan.ts";
import type { LogitRows } from "./readout.ts";

function int64(values: readonly number[]): Tensor {
  return new Tensor("int64", BigInt64Array.from(values, BigInt), [1, values.length]);
}

/** A lost device fails the pass under way, too; whether that or the loss is told first is chance. */
const LOSS_TOLD_WITHIN_MS = 100;

export interface ForwardPassOptions {
  /** Logits a position. */
  readonly width: number;
  /** True when the graph computes its head only at the positions in `step_positions`. */
  readonly gathersPositions: boolean;
  /** Settles when the device is lost. */
  readonly lost: Promise<string>;
}

export class ForwardPass implements LogitRows {
  readonly #model: PreTrainedModel;
  readonly #options: ForwardPassOptions;
  readonly #cache = new KvCache();
  #ids: number[] = [];
  #nextIds: number[] = [];
  #rows = new Map<TokenIndex, readonly number[]>();
  #lostBecause: string | undefined;
  #onLost: ((why: string) => void) | undefined;

  constructor(model: PreTrainedModel, options: ForwardPassOptions) {
    this.#model = model;
    this.#options = options;
    // Subscribed to once: a race against a promise that never settles would keep every pass's outputs alive.
    options.lost.then((why) => {
      this.#lostBecause = why;
      this.#onLost?.(why);
    });
  }

  /** Number of tokens computed so far. */
  get length(): TokenIndex {
    return this.#ids.length;
  }

  row(token: TokenIndex): readonly number[] {
    const row = this.#rows.get(token);
    if (row === undefined) {
      throw new AppError("internal", `token ${token} has no logits`);
    }
    return row;
  }

  /**
   * Starts a sequence and returns how many of its leading tokens need no computing.
   * @param positions Positions whose logits will be asked for.
   */
  start(wanted: FedTokens, positions: ReadonlySet<TokenIndex>): TokenIndex {
    const keep = planPrefix({ ids: this.#ids, nextIds: this.#nextIds }, wanted);
    const hasRows = [...positions].every((position) => position >= keep || this.#rows.has(position));
    if (keep === 0 || !hasRows) {
      this.reset();
      return 0;
    }
    return keep;
  }

  /**
   * Computes the tokens after those already computed.
   * @param positions Positions, in the whole sequence, whose logits are kept.
   * @throws AppError `device-lost` | `out-of-memory` | `internal`; the cache is then empty.
   */
  async feed(fed: FedTokens, positions: ReadonlySet<TokenIndex>): Promise<void> {
    const from = this.length;
    const wanted = fed.ids.map((_, index) => from + index).filter((position) => positions.has(position));
    const { outputs, rows } = await this.#run(fed, wanted);
    for (const [index, position] of wanted.entries()) {
      const row = rows[index];
      if (row !== undefined) {
        this.#rows.set(position, row);
      }
    }
    this.#ids.push(...fed.ids);
    this.#nextIds.push(...fed.nextIds);
    this.#cache.replace(outputs);
  }

  /** The logits at the last of some tokens put beside the sequence, which stays as it was. */
  async peek(fed: FedTokens): Promise<readonly number[]> {
    const { outputs, rows } = await this.#run(fed, [this.length + fed.ids.length - 1]);
    KvCache.discard(outputs);
    const row = rows[0];
    if (row === undefined) {
      throw new AppError("internal", "a prefix has no logits");
    }
    return row;
  }

  async #run(
    { ids, nextIds }: FedTokens,
    wanted: readonly TokenIndex[],
  ): Promise<{ outputs: Record<string, Tensor>; rows: readonly (readonly number[])[] }> {
    const relative = wanted.map((position) => position - this.length);
    const { gathersPositions, width } = this.#options;
    // An empty gather is an edge case of every backend: one position is asked for and dropped.
    const gathered = relative.length === 0 ? [0] : relative;
    try {
      const outputs = await this.#unlessLost(
        this.#model({
          input_ids: int64(ids),
          attention_mask: int64(new Array<number>(this.length + ids.length).fill(1)),
          next_ids: int64(nextIds),
          ...(gathersPositions ? { step_positions: int64(gathered).view(gathered.length) } : {}),
          ...(this.#cache.past === undefined ? {} : { past_key_values: this.#cache.past }),
        }) as Promise<Record<string, Tensor>>,
      );
      const { logits } = outputs;
      const count = gathersPositions ? gathered.length : ids.length;
      const all = logitRows(logits, count, width);
      logits?.dispose();
      return { outputs, rows: gathersPositions ? all : relative.map((position) => all[position] ?? []) };
    } catch (thrown) {
      this.reset();
      const why = await this.#whyLost();
      throw why === undefined ? classify(thrown) : deviceLost(why, thrown);
    }
  }

  /** Settles as `pass` does, or rejects at once when the device is lost: the pass may then never settle. */
  #unlessLost<T>(pass: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#onLost = (why) => reject(deviceLost(why));
      pass.then(resolve, reject).finally(() => {
        this.#onLost = undefined;
      });
    });
  }

  /** Why the device was lost, if it was. */
  async #whyLost(): Promise<string | undefined> {
    if (this.#lostBecause === undefined) {
      await new Promise((resolve) => setTimeout(resolve, LOSS_TOLD_WITHIN_MS));
    }
    return this.#lostBecause;
  }

  reset(): void {
    this.#ids = [];
    this.#nextIds = [];
    this.#rows.clear();
    this.#cache.clear();
  }
}

/** The output `[1, count, width]` as rows. */
function logitRows(logits: Tensor | undefined, count: number, width: number): (readonly number[])[] {
  const shape = logits?.dims ?? [];
  if (logits === undefined || shape.join() !== [1, count, width].join()) {
    throw new AppError(
      "unsupported-model",
      `the model's logits have shape [${shape.join(", ")}], not [1, ${count}, ${width}]`,
    );
  }
  const { data } = logits;
  if (!(data instanceof Float32Array)) {
    throw new AppError("unsupported-model", `the model's logits are ${logits.type}, not float32`);
  }
  return Array.from({ length: count }, (_, index) =>
    Array.from(data.subarray(index * width, (index + 1) * width)),
  );
}

function deviceLost(why: string, cause?: unknown): AppError {
  return new AppError("device-lost", `the graphics device was lost: ${why}`, {}, cause);
}

/** Gives a runtime's exception the code that decides what happens next. */
function classify(thrown: unknown): AppError {
  const error = AppError.from(thrown);
  if (error.code !== "internal") {
    return error;
  }
  if (/device.*(lost|destroyed|hung)|external Instance reference/i.test(error.message)) {
    return deviceLost(error.message, thrown);
  }
  if (/out of memory|bad_alloc|allocat/i.test(error.message)) {
    return new AppError("out-of-memory", `the device ran out of memory: ${error.message}`, {}, thrown);
  }
  return new AppError("internal", `the forward pass failed: ${error.message}`, {}, thrown);
}
