/**
 * A Scorer backed by a Web Worker. The worker is replaced whenever it can no longer be trusted: when it
 * crashed, lost its device, ONNX Runtime threw (one failed run poisons all later ones in that thread), or a load
 * that was cancelled did not stop.
 */
import { AppError, DEVICE_ERRORS } from "../core/errors.ts";
import type { CallContext, LoadedModel, LoadProgress, LoadRequest, Scorer } from "../core/scorer.ts";
import { refusedWith } from "../engine/next-device.ts";
import { endIfDeaf } from "./end-if-deaf.ts";
import { type Connection, connect, type Port } from "./rpc.ts";

const METHODS = ["load", "score", "countTokens"] as const satisfies readonly (keyof Scorer)[];

/** What is used of a Worker. */
export type ScoringThread = Port & Pick<Worker, "addEventListener" | "terminate">;

interface Live {
  readonly worker: ScoringThread;
  readonly connection: Connection<Scorer>;
  /** True once it has begun to open a model. */
  isUsed: boolean;
}

/** @param spawn Starts the worker. */
export function openScorer(spawn: () => ScoringThread = spawnScoringWorker): Scorer {
  let live: Live | undefined;
  /** How the last worker died. Between two calls nobody is told, and its model is gone all the same. */
  let crash: AppError | undefined;

  /** Ends a worker; whoever still waits for it is told why. */
  const discard = (dead: Live, why: AppError) => {
    dead.worker.terminate();
    dead.connection.fail(why);
    if (live === dead) {
      live = undefined;
    }
  };
  const current = (): Live => {
    if (live !== undefined) {
      return live;
    }
    const worker = spawn();
    const opened: Live = { worker, connection: connect<Scorer>(worker, METHODS), isUsed: false };
    const crashed = (what: string) => {
      crash = new AppError("worker-crashed", `the scoring worker stopped: ${what}`);
      discard(opened, crash);
    };
    worker.addEventListener("error", (event) => crashed(event.message || "it could not be started"));
    worker.addEventListener("messageerror", () => crashed("it sent something unreadable"));
    live = opened;
    return opened;
  };
  /** Runs one call and retires the worker when the error says so. */
  const guarded = async <T>(run: (scorer: Scorer) => Promise<T>): Promise<T> => {
    const used = current();
    try {
      return await run(used.connection.service);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (DEVICE_ERRORS.has(error.code)) {
        discard(used, error);
      }
      throw error;
    }
  };
  /** A device that was released cannot be opened again in every browser, so each model gets a thread of its own. */
  const retire = () => {
    if (live?.isUsed === true) {
      discard(live, new AppError("cancelled", "another model was loaded"));
    }
  };
  const load = async (params: LoadRequest, ctx: CallContext<LoadProgress>): Promise<LoadedModel> => {
    retire();
    try {
      const used = current();
      const loading = guarded((scorer) =>
        scorer.load(params, {
          signal: ctx.signal,
          emit: (progress) => {
            // From here on there may be a session and a device in it, whatever comes of them.
            used.isUsed ||= progress.phase === "compile";
            ctx.emit(progress);
          },
        }),
      );
      return await endIfDeaf(loading, ctx.signal, () => discard(used, new AppError("cancelled", "stopped")));
    } catch (thrown) {
      return load({ ...params, refused: refusedWith(thrown, params.refused, ctx.signal) }, ctx);
    }
  };
  const score: Scorer["score"] = (params, ctx) =>
    live === undefined && crash !== undefined
      ? Promise.reject(crash)
      : guarded((scorer) => scorer.score(params, ctx));
  // Nothing that it may fail of says anything about the device.
  const countTokens: Scorer["countTokens"] = (params, ctx) =>
    live === undefined
      ? Promise.reject(crash ?? new AppError("bad-input", "no model is loaded"))
      : live.connection.service.countTokens(params, ctx);
  return { load, score, countTokens };
}

function spawnScoringWorker(): Worker {
  return new Worker(new URL("./scoring.worker.ts", import.meta.url), { type: "module", name: "scoring" });
}
