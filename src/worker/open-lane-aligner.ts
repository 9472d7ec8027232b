/** The alignment of thinking and response behind a Web Worker, a fresh one for each chain. */
import type { Alignment, LaneAligner } from "../core/alignment/align.ts";
import { type OneCallThread, spawnOnce } from "./spawn-once.ts";

const THREAD = { name: "the alignment", methods: ["align"] } as const satisfies {
  name: string;
  methods: readonly (keyof LaneAligner)[];
};

/** @param spawn Starts the worker. */
export function openLaneAligner(spawn: () => OneCallThread = spawnLanesWorker): LaneAligner {
  return {
    align: (steps, ctx) =>
      spawnOnce<LaneAligner, Alignment>(spawn, THREAD, ctx, (aligner) => aligner.align(steps, ctx)),
  };
}

function spawnLanesWorker(): Worker {
  return new Worker(new URL("./lanes.worker.ts", import.meta.url), { type: "module", name: "lanes" });
}
