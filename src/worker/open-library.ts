/**
 * The model library behind a Web Worker of its own: a conversion takes minutes, and scoring goes on beside it.
 * A worker that crashed tells whoever waits, and one that does not answer an abort is ended; the next call starts
 * another, and what was written is kept.
 */
import { AppError } from "../core/errors.ts";
import type { ModelLibrary } from "../core/model-library.ts";
import { endIfDeaf } from "./end-if-deaf.ts";
import { type Connection, connect, type Port } from "./rpc.ts";
import { untilEnded } from "./thread-end.ts";

const METHODS = ["list", "add", "remove", "exportZip"] as const satisfies readonly (keyof ModelLibrary)[];

/** What is used of a Worker, and how to know that it has ended. */
export interface LibraryThread {
  readonly worker: Port & Pick<Worker, "addEventListener" | "terminate">;
  /** Settles once it has ended, after `terminate`. */
  readonly untilEnded: () => Promise<void>;
}

interface Live {
  readonly thread: LibraryThread;
  readonly connection: Connection<ModelLibrary>;
  /** Calls under way. */
  calls: number;
  /** True once something was added: WebAssembly never gives back the memory that a conversion took. */
  isSpent: boolean;
  /** True once it was ended because one of its calls did not stop. */
  isDeaf: boolean;
}

/** @param spawn Starts the worker. */
export function openLibrary(spawn: () => LibraryThread = spawnLibraryWorker): ModelLibrary {
  let live: Live | undefined;
  /** The end of the last worker that was ended: until then it holds its model's lock, and files if it was busy. */
  let ending: Promise<void> | undefined;
  const current = (): Live => {
    if (live !== undefined) {
      return live;
    }
    const thread = spawn();
    const { worker } = thread;
    const opened: Live = {
      thread,
      connection: connect<ModelLibrary>(worker, METHODS),
      calls: 0,
      isSpent: false,
      isDeaf: false,
    };
    const crashed = (what: string) => {
      end(opened);
      opened.connection.fail(new AppError("worker-crashed", `the converting worker stopped: ${what}`));
    };
    worker.addEventListener("error", (event) => crashed(event.message || "it could not be started"));
    worker.addEventListener("messageerror", () => crashed("it sent something unreadable"));
    live = opened;
    return opened;
  };
  const end = (dead: Live) => {
    dead.thread.worker.terminate();
    ending = dead.thread.untilEnded();
    live = live === dead ? undefined : live;
  };
  const endDeaf = (dead: Live) => {
    dead.isDeaf = true;
    end(dead);
    dead.connection.fail(new AppError("cancelled", "stopped"));
  };
  const call = async <T>(
    run: (library: ModelLibrary) => Promise<T>,
    signal: AbortSignal,
    spends = false,
  ): Promise<T> => {
    await ending;
    const used = current();
    used.isSpent ||= spends;
    used.calls += 1;
    try {
      return await endIfDeaf(run(used.connection.service), signal, () => endDeaf(used));
    } catch (thrown) {
      // Ended for another call's sake: this one was only waiting for its turn, and no harm is done by asking again.
      if (used.isDeaf && !signal.aborted) {
        return await call(run, signal, spends);
      }
      throw thrown;
    } finally {
      used.calls -= 1;
      if (used.isSpent && used.calls === 0) {
        end(used);
      }
    }
  };
  return {
    list: (params, ctx) => call((library) => library.list(params, ctx), ctx.signal),
    add: (params, ctx) => call((library) => library.add(params, ctx), ctx.signal, true),
    remove: (params, ctx) => call((library) => library.remove(params, ctx), ctx.signal),
    exportZip: (params, ctx) => call((library) => library.exportZip(params, ctx), ctx.signal),
  };
}

function spawnLibraryWorker(): LibraryThread {
  // Random: locks are shared by all tabs. `crypto.randomUUID` is missing where the page has no TLS.
  const name = `library ${Math.random()}`;
  return {
    worker: new Worker(new URL("./library.worker.ts", import.meta.url), { type: "module", name }),
    untilEnded: () => untilEnded(name),
  };
}
