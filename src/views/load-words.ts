import type { LoadPhase } from "../state/engine-status.ts";

/** The phases of a load, for people. */
export const PHASE_WORDS = {
  checking: "checking what is stored",
  download: "downloading",
  verifying: "verifying",
  device: "choosing a device",
  compile: "compiling",
  "self-test": "self-test",
} as const satisfies Record<LoadPhase, string>;
