/** What the bench's page can be asked, and its worker behind it. */
import type { CallContext, DeviceInfo, ModelRef, ScoreRequest } from "../../src/core/scorer.ts";
import type { Bytes, Milliseconds } from "../../src/core/units.ts";

/** One way to run the model here, in the engine's order. */
export interface Way {
  readonly device: DeviceInfo;
  /** The operators the graph is rewritten to; absent: it runs unchanged. */
  readonly kernels?: string;
}

export interface Loaded {
  /** Files brought and verified, tokenizer made, session compiled. */
  readonly duration: Milliseconds;
}

export interface Scored {
  /** All that the worker does for it. */
  readonly duration: Milliseconds;
  readonly tokens: number;
  readonly chunks: number;
}

export interface LoadWay {
  readonly model: ModelRef;
  /** Place among the ways. */
  readonly index: number;
}

export interface BenchWorker {
  ways(params: undefined, ctx: CallContext<never>): Promise<readonly Way[]>;
  load(params: LoadWay, ctx: CallContext<never>): Promise<Loaded>;
  /** Scores as if nothing had been scored before. */
  score(params: ScoreRequest, ctx: CallContext<never>): Promise<Scored>;
}

export interface BenchPage {
  ways(): Promise<readonly Way[]>;
  load(params: LoadWay): Promise<Loaded>;
  score(params: ScoreRequest): Promise<Scored>;
  /** Memory of the page and its worker; `undefined` where the browser does not tell. */
  memory(): Promise<Bytes | undefined>;
}

declare global {
  /** Set by page.ts. */
  var bench: BenchPage | undefined;
}
