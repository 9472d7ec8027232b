/**
 * One sequence going through the model in chunks: feeds tokens with the key-value cache of what came before
 * and keeps the logits of every position. Knows nothing of steps or rewards.
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

export class ForwardPass implements LogitRows {
  readonly width: number;
  readonly #model: PreTrainedModel;
  readonly #lost: Promise<string>;
  readonly #cache = new KvCache();
  #ids: number[] = [];
  #nextIds: number[] = [];
  #rows: Float32Array[] = [];

  /**
   * @param width Logits a token.
   * @param lost Settles when the device is lost.
   */
  constructor(model: PreTrainedModel, width: number, lost: Promise<string>) {
    this.#model = model;
    this.width = width;
    this.#lost = lost;
  }

  /** Number of tokens computed so far. */
  get length(): TokenIndex {
    return this.#ids.length;
  }

  row(token: TokenIndex): readonly number[] {
    const row = this.#rows[token];
    if (row === undefined) {
      throw new AppError("internal", `token ${token} has no logits yet`);
    }
    return Array.from(row);
  }

  /** Starts a sequence and returns how many of its leading tokens are already computed. */
  start(wanted: FedTokens): TokenIndex {
    const keep = planPrefix({ ids: this.#ids, nextIds: this.#nextIds }, wanted);
    if (keep === 0) {
      this.reset();
    }
    return keep;
  }

  /**
   * Computes the tokens after those already computed.
   * @throws AppError `device-lost` | `out-of-memory` | `internal`; the cache is then empty.
   */
  async feed({ ids, nextIds }: FedTokens): Promise<void> {
    const total = this.length + ids.length;
    try {
      const outputs = await Promise.race([
        this.#model({
          input_ids: int64(ids),
          attention_mask: int64(new Array<number>(total).fill(1)),
          next_ids: int64(nextIds),
          ...(this.#cache.past === undefined ? {} : { past_key_values: this.#cache.past }),
        }) as Promise<Record<string, Tensor>>,
        this.#lost.then((why) => Promise.reject(deviceLost(why))),
      ]);
      this.#keep(outputs, ids, nextIds);
    } catch (thrown) {
      this.reset();
      const why = await this.#whyLost();
      throw why === undefined ? classify(thrown) : deviceLost(why, thrown);
    }
  }

  /** Why the device was lost, if it was. */
  #whyLost(): Promise<string | undefined> {
    const notLost = new Promise<undefined>((resolve) => {
      setTimeout(resolve, LOSS_TOLD_WITHIN_MS);
    });
    return Promise.race([this.#lost, notLost]);
  }

  #keep(outputs: Record<string, Tensor>, ids: readonly number[], nextIds: readonly number[]): void {
    const { logits } = outputs;
    const shape = logits?.dims ?? [];
    if (logits === undefined || shape.join() !== [1, ids.length, this.width].join()) {
      throw new AppError(
        "unsupported-model",
        `the model's logits have shape [${shape.join(", ")}], not [1, ${ids.length}, ${this.width}]`,
      );
    }
    const { data } = logits;
    if (!(data instanceof Float32Array)) {
      throw new AppError("unsupported-model", `the model's logits are ${logits.type}, not float32`);
    }
    for (let token = 0; token < ids.length; token += 1) {
      this.#rows.push(data.slice(token * this.width, (token + 1) * this.width));
    }
    this.#ids.push(...ids);
    this.#nextIds.push(...nextIds);
    this.#cache.replace(outputs);
  }

  reset(): void {
    this.#ids = [];
    this.#nextIds = [];
    this.#rows = [];
    this.#cache.clear();
  }
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
