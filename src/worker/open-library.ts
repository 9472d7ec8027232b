/**
 * The model library behind a Web Worker of its own: a conversion takes minutes, and scoring goes on beside it.
 * A worker that crashed tells whoever waits, and the next call starts another; what it had written is kept.
 */
import { AppError } from "../core/errors.ts";
import type { ModelLibrary } from "../core/model-library.ts";
import { type Connection, connect } from "./rpc.ts";

const METHODS = ["list", "add", "remove", "exportZip"] as const satisfies readonly (keyof ModelLibrary)[];

export function openLibrary(): ModelLibrary {
  let live: Connection<ModelLibrary> | undefined;
  const current = (): ModelLibrary => {
    if (live !== undefined) {
      return live.service;
    }
    const worker = new Worker(new URL("./library.worker.ts", import.meta.url), {
      type: "module",
      name: "library",
    });
    const connection = connect<ModelLibrary>(worker, METHODS);
    const crashed = (what: string) => {
      worker.terminate();
      live = live === connection ? undefined : live;
      connection.fail(new AppError("worker-crashed", `the converting worker stopped: ${what}`));
    };
    worker.addEventListener("error", (event) => crashed(event.message || "it could not be started"));
    worker.addEventListener("messageerror", () => crashed("it sent something unreadable"));
    live = connection;
    return connection.service;
  };
  return {
    list: (params, ctx) => current().list(params, ctx),
    add: (params, ctx) => current().add(params, ctx),
    remove: (params, ctx) => current().remove(params, ctx),
    exportZip: (params, ctx) => current().exportZip(params, ctx),
  };
}
