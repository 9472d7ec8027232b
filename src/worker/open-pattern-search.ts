/** A reader's regular expressions behind a Web Worker, a fresh one for each: one that runs away is ended with it. */
import type { PatternSearch } from "../core/find/spans.ts";
import { type OneCallThread, spawnOnce } from "./spawn-once.ts";

const THREAD = { name: "the search", methods: ["find"] } as const satisfies {
  name: string;
  methods: readonly (keyof PatternSearch)[];
};

/** @param spawn Starts the worker. */
export function openPatternSearch(spawn: () => OneCallThread = spawnFindWorker): PatternSearch {
  return {
    find: (request, ctx) =>
      spawnOnce<PatternSearch, Awaited<ReturnType<PatternSearch["find"]>>>(spawn, THREAD, ctx, (search) =>
        search.find(request, ctx),
      ),
  };
}

function spawnFindWorker(): Worker {
  return new Worker(new URL("./find.worker.ts", import.meta.url), { type: "module", name: "find" });
}
