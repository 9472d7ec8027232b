/**
 * Stopping a thread that does not listen. An abort is a message, and a thread that computes without a pause (a
 * chat template that never ends) reads none: the only way to stop it is to end it.
 */
import type { Milliseconds } from "../core/units.ts";

/** How long a call may take to answer an abort; what pauses at all pauses more often than this. */
export const GRACE: Milliseconds = 2000;

/**
 * Waits for a call to a thread; when it was aborted and has not settled after the grace, calls `end`, which is to
 * end the thread and to settle the call.
 */
export async function endIfDeaf<T>(work: Promise<T>, signal: AbortSignal, end: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    timer = setTimeout(end, GRACE);
  };
  if (signal.aborted) {
    wait();
  }
  signal.addEventListener("abort", wait);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", wait);
  }
}
