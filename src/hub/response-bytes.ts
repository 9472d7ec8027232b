import { AppError, throwIfAborted } from "../core/errors.ts";
import type { Milliseconds } from "../core/units.ts";
import { PassingFailure } from "./retry.ts";

/**
 * The body of a response, piece by piece. A connection that breaks, or brings nothing for `patience`, is a
 * `PassingFailure`.
 * @throws PassingFailure; AppError `cancelled`.
 */
export async function* responseBytes(
  response: Response,
  path: string,
  patience: Milliseconds,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) {
    return;
  }
  try {
    for (;;) {
      const { done, value } = await within(patience, reader.read());
      throwIfAborted(signal);
      if (done) {
        return;
      }
      yield value;
    }
  } catch (cause) {
    throwIfAborted(signal);
    if (cause instanceof AppError) {
      throw cause;
    }
    const error = new AppError("download-failed", `${path} stopped arriving`, { file: path }, cause);
    throw new PassingFailure(error);
  } finally {
    // Whoever stops reading early must not go on downloading; a stalled body may never answer, so it is not
    // waited for.
    reader.cancel().catch(() => undefined);
  }
}

/** Settles as `work` does, or rejects after `patience`. */
async function within<T>(patience: Milliseconds, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing arrived for ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
