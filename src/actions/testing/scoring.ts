import type { ModelLibrary } from "../../core/model-library.ts";
import type { LoadedModel } from "../../core/scorer.ts";
import { NO_INTAKE } from "./no-intake.ts";
import { NO_LANES } from "./no-lanes.ts";
import { NO_PATTERNS } from "./no-patterns.ts";

/** What actions that score need besides a scorer. */
export const MODEL: LoadedModel = {
  id: "stepscope-prm",
  digest: "d",
  name: "Test",
  protocol: "stepscope-prm",
  dtype: "q4",
  licence: "Apache-2.0",
  size: 1,
  context: 100,
  threshold: 0.25,
  device: { id: "wasm", label: "WASM", reason: "test" },
  way: { id: "wasm-stored", label: "WASM", isExact: true },
  ways: [{ id: "wasm-stored", label: "WASM", isExact: true }],
  selfTest: { maxDelta: 0, tolerance: 0.01, duration: 1 },
};

export const EMBEDDED = { id: "stepscope-prm", location: "https://example.org/models/stepscope-prm/" };

/** Scoring asks nothing of the library. */
export const NOT_COUNTED = () => Promise.reject(new Error("not asked for"));

export const NO_LIBRARY: ModelLibrary = {
  list: () => Promise.reject(new Error("not asked for")),
  add: () => Promise.reject(new Error("not asked for")),
  remove: () => Promise.reject(new Error("not asked for")),
  exportZip: () => Promise.reject(new Error("not asked for")),
};

/** A context but for its scorer, for what asks nothing else. */
export const NOTHING_ELSE = {
  library: NO_LIBRARY,
  intake: NO_INTAKE,
  patterns: NO_PATTERNS,
  lanes: NO_LANES,
  embedded: EMBEDDED,
};
