/**
 * Reading files behind a Web Worker of its own. Each reading gets a fresh thread, which is ended with it: parsing
 * does not pause to hear that it was cancelled, and what it took of memory is given back.
 */
import { AppError } from "../core/errors.ts";
import type { Intake } from "../core/intake.ts";
import { connect, type Port } from "./rpc.ts";

const METHODS = ["read"] as const satisfies readonly (keyof Intake)[];

/** What is used of a Worker. */
export type IntakeThread = Port & Pick<Worker, "addEventListener" | "terminate">;

/** @param spawn Starts the worker. */
export function openIntake(spawn: () => IntakeThread = spawnIntakeWorker): Intake {
  return {
    async read(request, ctx) {
      const worker = spawn();
      const { service, fail } = connect<Intake>(worker, METHODS);
      const end = (error: AppError) => {
        worker.terminate();
        fail(error);
      };
      const crashed = (what: string) =>
        end(new AppError("worker-crashed", `the reading worker stopped: ${what}`));
      const cancel = () => end(new AppError("cancelled", "stopped"));
      worker.addEventListener("error", (event) => crashed(event.message || "it could not be started"));
      worker.addEventListener("messageerror", () => crashed("it sent something unreadable"));
      ctx.signal.addEventListener("abort", cancel);
      try {
        const reading = service.read(request, ctx);
        if (ctx.signal.aborted) {
          cancel();
        }
        return await reading;
      } finally {
        ctx.signal.removeEventListener("abort", cancel);
        worker.terminate();
      }
    },
  };
}

function spawnIntakeWorker(): Worker {
  return new Worker(new URL("./intake.worker.ts", import.meta.url), { type: "module", name: "intake" });
}
