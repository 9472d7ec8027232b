/**
 * One chunk of a sequence through the model: feeds its tokens with the key-value cache of what came before and
 * keeps the logits of the positions asked for. Knows nothing of steps or rewards.
 */
import { Tensor } from "@huggingface/transformers";
import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import type { TokenIndex } from "../core/units.ts";
import type { FedTokens } from "./prefix-plan.ts";
import { readRows } from "./read-rows.ts";
import type { Sequence } from "./sequence.ts";
import type { OrtTensor, OrtTensors, Session } from "./session.ts";

/** A lost device fails the pass under way, too; whether that or the loss is told first is chance. */
const LOSS_TOLD_WITHIN_MS = 100;

const LOGITS = "logits";

export interface ForwardPassOptions {
  /** Logits a position. */
  readonly width: number;
  /** Settles when the device is lost. */
  readonly lost: Promise<string>;
  /** Called when a pass failed: no cache can be trusted after that. */
  readonly onFailure: () => void;
}

interface PassResult {
  /** Logits of the positions wanted, in their order. */
  readonly rows: readonly (readonly number[])[];
  readonly present: OrtTensors;
}

export class ForwardPass {
  readonly #session: Session;
  readonly #options: ForwardPassOptions;
  /** Inputs that the graph declares; a model needs not all of those that are known. */
  readonly #inputs: ReadonlySet<string>;
  #mask = new BigInt64Array(0);
  #lostBecause: string | undefined;
  #onLost: ((why: string) => void) | undefined;

  constructor(session: Session, options: ForwardPassOptions) {
    this.#session = session;
    this.#options = options;
    this.#inputs = new Set(session.inputMetadata.map(({ name }) => name));
    // Subscribed to once: a race against a promise that never settles would keep every pass's outputs alive.
    options.lost.then((why) => {
      this.#lostBecause = why;
      this.#onLost?.(why);
    });
  }

  /**
   * Computes tokens after those the sequence has.
   * @param positions Positions, in the whole sequence, whose logits are needed. Graphs without a `step_positions`
   *   input compute all of them, and all are kept: a later cut into steps may ask for others.
   * @throws AppError `device-lost` | `out-of-memory` | `internal`
   */
  async feed(sequence: Sequence, fed: FedTokens, positions: ReadonlySet<TokenIndex>): Promise<void> {
    const from = sequence.ids.length;
    const all = fed.ids.map((_, index) => from + index);
    const wanted = this.#gathersPositions ? all.filter((position) => positions.has(position)) : all;
    const { rows, present } = await this.#run(sequence, fed, wanted);
    sequence.cache.advance(present, fed.ids.length);
    sequence.append(fed);
    for (const [index, position] of wanted.entries()) {
      sequence.keepRow(position, assertDefined(rows[index], "a row of logits"));
    }
  }

  /** The logits at the last of some tokens put beside the sequence, which stays as it was. */
  async feedBeside(sequence: Sequence, fed: FedTokens): Promise<readonly number[]> {
    const position = sequence.ids.length;
    const { rows, present } = await this.#run(sequence, fed, [position + fed.ids.length - 1]);
    sequence.cache.discard(present);
    const row = assertDefined(rows[0], "a prefix's logits");
    sequence.keepRowBeside(position, fed.ids, row);
    return row;
  }

  get #gathersPositions(): boolean {
    return this.#inputs.has("step_positions");
  }

  async #run(
    { cache, ids: before }: Sequence,
    { ids, nextIds }: FedTokens,
    wanted: readonly TokenIndex[],
  ): Promise<PassResult> {
    const relative = wanted.map((position) => position - before.length);
    // An empty gather is an edge case of every backend: one position is asked for and dropped.
    const gathered = relative.length === 0 ? [0] : relative;
    const inputs: Record<string, () => OrtTensor> = {
      input_ids: () => int64(BigInt64Array.from(ids, BigInt), [1, ids.length]),
      next_ids: () => int64(BigInt64Array.from(nextIds, BigInt), [1, ids.length]),
      attention_mask: () => this.#ones(before.length + ids.length),
      step_positions: () => int64(BigInt64Array.from(gathered, BigInt), [gathered.length]),
    };
    const { feeds, fetches } = cache.bind();
    const fed: Record<string, OrtTensor> = { ...feeds };
    for (const [name, create] of Object.entries(inputs)) {
      if (this.#inputs.has(name)) {
        fed[name] = create();
      }
    }
    try {
      const outputs = await this.#unlessLost(this.#session.run(fed, { ...fetches, [LOGITS]: null }));
      const { [LOGITS]: logits, ...present } = outputs;
      const count = this.#gathersPositions ? gathered.length : ids.length;
      const all = readRows(logits, count, this.#options.width);
      logits?.dispose();
      const rows = this.#gathersPositions ? all.slice(0, wanted.length) : pick(all, relative);
      return { rows, present };
    } catch (thrown) {
      this.#options.onFailure();
      const why = await this.#whyLost();
      throw why === undefined ? classify(thrown) : deviceLost(why, thrown);
    }
  }

  /** A mask that hides nothing, over memory that is reused from chunk to chunk. */
  #ones(length: number): OrtTensor {
    if (this.#mask.length < length) {
      this.#mask = new BigInt64Array(Math.max(length, 2 * this.#mask.length)).fill(1n);
    }
    return int64(this.#mask.subarray(0, length), [1, length]);
  }

  /** Settles as `pass` does, or rejects at once when the device is lost: the pass may then never settle. */
  #unlessLost(pass: Promise<OrtTensors>): Promise<OrtTensors> {
    return new Promise<OrtTensors>((resolve, reject) => {
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
}

function pick<T>(all: readonly T[], indices: readonly number[]): T[] {
  return indices.map((index) => assertDefined(all[index], "a row of logits"));
}

function int64(data: BigInt64Array, dims: number[]): OrtTensor {
  return new Tensor("int64", data, dims).ort_tensor;
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
