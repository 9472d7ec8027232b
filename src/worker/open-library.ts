/**
 * The model library behind a Web Worker of its own: a conversion takes minutes, and scoring goes on beside it.
 * A worker that crashed tells whoever waits, and the next call starts another; what it had written is kept.
 */
import { AppError } from "../core/errors.ts";
import type { ModelLibrary } from "../core/model-library.ts";
import { type Connection, connect } from "./rpc.ts";

const METHODS = ["list", "add", "remove", "exportZip"] as const satisfies readonly (keyof ModelLibrary)[];

interface Live {
  readonly worker: Worker;
  readonly connection: Connection<ModelLibrary>;
  /** Calls under way. */
  calls: number;
  /** True once something was added: WebAssembly never gives back the memory that a conversion took. */
  isSpent: boolean;
}

export function openLibrary(): ModelLibrary {
  let live: Live | undefined;
  const current = (): Live => {
    if (live !== undefined) {
      return live;
    }
    const worker = new Worker(new URL("./library.worker.ts", import.meta.url), {
      type: "module",
      name: "library",
    });
    const opened: Live = {
      worker,
      connection: connect<ModelLibrary>(worker, METHODS),
      calls: 0,
      isSpent: false,
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
    dead.worker.terminate();
    live = live === dead ? undefined : live;
  };
  const call = async <T>(run: (library: ModelLibrary) => Promise<T>): Promise<T> => {
    const used = current();
    used.calls += 1;
    try {
      return await run(used.connection.service);
    } finally {
      used.calls -= 1;
      if (used.isSpent && used.calls === 0) {
        end(used);
      }
    }
  };
  return {
    list: (params, ctx) => call((library) => library.list(params, ctx)),
    add: (params, ctx) => {
      current().isSpent = true;
      return call((library) => library.add(params, ctx));
    },
    remove: (params, ctx) => call((library) => library.remove(params, ctx)),
    exportZip: (params, ctx) => call((library) => library.exportZip(params, ctx)),
  };
}
