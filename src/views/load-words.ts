import type { LoadPhase } from "../state/engine-status.ts";

/** The phases of a load, for people. */
export const PHASE_WORDS = {
  checking: "checking what is stored",
  download: "downloading",
  verifying: "verifying",
  compile: "compiling",
  "self-test": "self-test",
  calibrate: "finding the fastest way to run it here (once)",
} as const satisfies Record<LoadPhase, string>;
