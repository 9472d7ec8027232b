import type { LaneAligner } from "../../core/alignment/align.ts";

/** For what shows no ribbons. */
export const NO_LANES: LaneAligner = { align: () => Promise.reject(new Error("aligns no lanes")) };
