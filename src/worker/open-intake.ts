/** Reading files behind a Web Worker of its own, a fresh one for each reading. */
import type { Intake } from "../core/intake.ts";
import { type OneCallThread, spawnOnce } from "./spawn-once.ts";

const THREAD = { name: "the reading worker", methods: ["read"] } as const satisfies {
  name: string;
  methods: readonly (keyof Intake)[];
};

/** @param spawn Starts the worker. */
export function openIntake(spawn: () => OneCallThread = spawnIntakeWorker): Intake {
  return {
    read: (request, ctx) =>
      spawnOnce<Intake, Awaited<ReturnType<Intake["read"]>>>(spawn, THREAD, ctx, (intake) =>
        intake.read(request, ctx),
      ),
  };
}

function spawnIntakeWorker(): Worker {
  return new Worker(new URL("./intake.worker.ts", import.meta.url), { type: "module", name: "intake" });
}
