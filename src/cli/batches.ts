/** Many chains from one file: read in batches, scored in the order that shares most, told in the order they came. */
import { batchOrder } from "../core/batch-order.ts";
import { AppError } from "../core/errors.ts";
import type { ScoreRequest } from "../core/scorer.ts";

export interface NumberedLine {
  readonly text: string;
  /** From 1, blank lines counted. */
  readonly number: number;
}

/** So many candidates of one problem are scored together; results wait for no more than these. */
const LINES_IN_BATCH = 128;
/** Characters; a batch is held in memory. */
const LARGEST_BATCH = 16_000_000;

/** @param most Lines of a batch: 1 where the next line may be long in coming. */
export async function* lineBatches(
  lines: AsyncIterable<string>,
  most: number = LINES_IN_BATCH,
): AsyncGenerator<readonly NumberedLine[]> {
  let batch: NumberedLine[] = [];
  let size = 0;
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === "") {
      continue;
    }
    batch.push({ text, number });
    size += text.length;
    if (batch.length >= most || size >= LARGEST_BATCH) {
      yield batch;
      batch = [];
      size = 0;
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}

/** What `read` returns, or the `bad-input` it throws; anything else is thrown on. */
export function orBadInput<T>(read: () => T): T | AppError {
  try {
    return read();
  } catch (thrown) {
    return badInput(thrown);
  }
}

function badInput(thrown: unknown): AppError {
  const error = AppError.from(thrown);
  if (error.code !== "bad-input") {
    throw error;
  }
  return error;
}

/**
 * Scores what could be read, and yields each outcome, an error where there was one, with its index in `inputs`, in
 * their order, as soon as those before it are known.
 */
export async function* scoreInBestOrder<T extends { readonly request: ScoreRequest }, R>(
  inputs: readonly (T | AppError)[],
  score: (input: T) => Promise<R>,
): AsyncGenerator<readonly [number, R | AppError]> {
  const readable = inputs.flatMap((input, index) =>
    input instanceof AppError ? [] : [{ input, index, request: input.request }],
  );
  const outcomes = new Map<number, R | AppError>(
    inputs.flatMap((input, index) => (input instanceof AppError ? [[index, input] as const] : [])),
  );
  let told = 0;
  const ready = function* () {
    for (let outcome = outcomes.get(told); outcome !== undefined; outcome = outcomes.get(told)) {
      yield [told, outcome] as const;
      outcomes.delete(told);
      told += 1;
    }
  };
  yield* ready();
  for (const next of batchOrder(readable.map(({ request }) => request))) {
    const { input, index } = readable[next] ?? {};
    if (input === undefined || index === undefined) {
      continue;
    }
    outcomes.set(index, await score(input).catch(badInput));
    yield* ready();
  }
}
