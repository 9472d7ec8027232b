import type { LaneAligner } from "../core/alignment/align.ts";
import type { PatternSearch } from "../core/find/spans.ts";
import type { Intake } from "../core/intake.ts";
import type { ModelLibrary } from "../core/model-library.ts";
import type { DeviceId, ModelRef, Scorer } from "../core/scorer.ts";

/** What the actions act with. Made once, in `main.tsx`. */
export interface ActionContext {
  readonly scorer: Scorer;
  readonly library: ModelLibrary;
  readonly intake: Intake;
  readonly patterns: PatternSearch;
  readonly lanes: LaneAligner;
  /** The model that comes with the page. */
  readonly embedded: ModelRef;
  /** Forces a device; absent: the engine chooses. */
  readonly device?: DeviceId;
}
