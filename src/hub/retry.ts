import { type AppError, throwIfAborted } from "../core/errors.ts";
import type { Milliseconds } from "../core/units.ts";

/** Waits between attempts: a dropped connection is back in a moment, an overloaded server in half a minute. */
const RETRY_DELAYS: readonly Milliseconds[] = [1000, 4000, 15_000, 30_000];

/** A failure that may pass by itself; `error` is what to say when it does not. */
export class PassingFailure extends Error {
  readonly error: AppError;
  /** What the server asked to wait. */
  readonly waitAtLeast: Milliseconds;

  constructor(error: AppError, waitAtLeast: Milliseconds = 0) {
    super(error.message);
    this.error = error;
    this.waitAtLeast = waitAtLeast;
  }
}

/** A pause before another attempt. */
export interface RetryWait {
  /** Why the last attempt failed, as a sentence without its full stop. */
  readonly reason: string;
  readonly delay: Milliseconds;
  /** Which attempt comes after it, counted from 1, of how many at most. */
  readonly attempt: number;
  readonly attempts: number;
}

export interface RetryOptions {
  readonly signal: AbortSignal;
  readonly delays?: readonly Milliseconds[] | undefined;
  readonly onWait?: ((wait: RetryWait) => void) | undefined;
  /** Asked after a failure: true when enough was done since the last one to start counting anew. */
  readonly hasAdvanced?: () => boolean;
}

/**
 * Attempts until one succeeds, waiting between them.
 * @throws the `error` of the last `PassingFailure`; at once, whatever else is thrown; AppError `cancelled`.
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, delays = RETRY_DELAYS, onWait, hasAdvanced } = options;
  for (let failures = 0; ; failures += 1) {
    throwIfAborted(signal);
    try {
      return await attempt();
    } catch (thrown) {
      throwIfAborted(signal);
      if (!(thrown instanceof PassingFailure)) {
        throw thrown;
      }
      if (hasAdvanced?.() === true) {
        failures = 0;
      }
      const pause = delays[failures];
      if (pause === undefined) {
        throw thrown.error;
      }
      const delay = Math.max(pause, thrown.waitAtLeast);
      onWait?.({ reason: thrown.error.message, delay, attempt: failures + 2, attempts: delays.length + 1 });
      await wait(delay, signal);
    }
  }
}

/** Resolves after `duration`, or as soon as the signal is aborted. */
function wait(duration: Milliseconds, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, duration);
    signal.addEventListener("abort", done);
  });
}
