import type { CallContext } from "../core/scorer.ts";

/** For calls that nobody stops and that tell nothing on their way. */
export function quietly<E>(): CallContext<E> {
  return { signal: new AbortController().signal, emit: () => undefined };
}
