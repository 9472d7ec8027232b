import type { Bytes } from "../../src/core/units.ts";
import { connect } from "../../src/worker/rpc.ts";
import type { BenchWorker } from "./bench-page.ts";

const worker = new Worker(new URL("./bench.worker.ts", import.meta.url), { type: "module" });
const { service } = connect<BenchWorker>(worker, ["ways", "load", "score"]);
const quiet = { signal: new AbortController().signal, emit: () => undefined };

/** Chromium's, on cross-origin isolated pages; TypeScript does not know it. */
interface MeasuringPerformance extends Performance {
  measureUserAgentSpecificMemory?(): Promise<{ readonly bytes: Bytes }>;
}

/** It waits for a garbage collection, which may not come. */
const MEMORY_MS = 30_000;

globalThis.bench = {
  ways: () => service.ways(undefined, quiet),
  load: (params) => service.load(params, quiet),
  score: (params) => service.score(params, quiet),
  memory: async () => {
    const measuring: MeasuringPerformance = performance;
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, MEMORY_MS, undefined));
    return (await Promise.race([measuring.measureUserAgentSpecificMemory?.(), late]))?.bytes;
  },
};
