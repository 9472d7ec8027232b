/**
 * Calls that each get a fresh thread, which is ended with them: what does not pause to hear that it was cancelled
 * stops all the same, and what it took of memory is given back.
 */
import { AppError } from "../core/errors.ts";
import type { CallContext } from "../core/scorer.ts";
import { connect, type MethodName, type Port } from "./rpc.ts";

/** What is used of a Worker. */
export type OneCallThread = Port & Pick<Worker, "addEventListener" | "terminate">;

/**
 * @param spawn Starts the worker.
 * @param name For people: "the reading worker".
 * @param use Calls the service.
 */
export async function spawnOnce<S extends object, Result>(
  spawn: () => OneCallThread,
  { name, methods }: { readonly name: string; readonly methods: readonly MethodName<S>[] },
  { signal }: Pick<CallContext<unknown>, "signal">,
  use: (service: S) => Promise<Result>,
): Promise<Result> {
  const worker = spawn();
  const { service, fail } = connect<S>(worker, methods);
  const end = (error: AppError) => {
    worker.terminate();
    fail(error);
  };
  const crashed = (what: string) => end(new AppError("worker-crashed", `${name} stopped: ${what}`));
  const cancel = () => end(new AppError("cancelled", "stopped"));
  worker.addEventListener("error", (event) => crashed(event.message || "it could not be started"));
  worker.addEventListener("messageerror", () => crashed("it sent something unreadable"));
  signal.addEventListener("abort", cancel);
  try {
    const result = use(service);
    if (signal.aborted) {
      cancel();
    }
    return await result;
  } finally {
    signal.removeEventListener("abort", cancel);
    worker.terminate();
  }
}
