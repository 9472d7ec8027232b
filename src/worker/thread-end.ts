/**
 * Knowing when a thread has ended. `terminate` only asks for it: a thread that computes without a pause goes on for
 * seconds, holding its files and locks, and whoever needs those has to wait. A lock that the thread holds as long
 * as it lives tells. Where the browser has no locks, nothing is waited for.
 */

/** In the thread, before anything else. @param name The thread's own, and no other's. */
export function holdWhileAlive(name: string): void {
  void navigator.locks?.request(name, () => new Promise<never>(() => undefined));
}

/** Outside of it, after `terminate`: settles when the thread is no more. */
export async function untilEnded(name: string): Promise<void> {
  await navigator.locks?.request(name, () => undefined);
}
