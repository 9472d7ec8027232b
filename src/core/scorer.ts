import type { DtypeId } from "./dtypes.ts";
import type { ScoredTrace, StepScore } from "./trace.ts";
import type { Bytes, Milliseconds, Probability } from "./units.ts";

/** Passed to every call that crosses the thread boundary: cancellation in, progress out. */
export interface CallContext<Event> {
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
}

/** `webgpu` and `wasm` in a browser, `cpu` in Node. */
export type DeviceId = "webgpu" | "wasm" | "cpu";

export interface DeviceInfo {
  readonly id: DeviceId;
  /** For people, e.g. "WebGPU, Apple M2" or "WASM, 2 threads". */
  readonly label: string;
  /** One sentence: why this device and not another. */
  readonly reason: string;
}

/** One way to run a model: a device, and the operators that its graph is rewritten to. */
export interface RunWay {
  /** E.g. `webgpu` or `wasm-float32`. */
  readonly id: string;
  /** For people, e.g. "WASM, 32-bit weights". */
  readonly label: string;
  /** False for a way that trades exactness for speed: it is only used when it is asked for. */
  readonly isExact: boolean;
}

/** Which model to load. */
export interface ModelRef {
  /** A folder's name (`stepscope-prm`) or a Hub repository (`owner/name`). */
  readonly id: string;
  /** URL, or in Node a path, of the folder with the model's files. Absent: the Hub repository `id`. */
  readonly location?: string;
  /** Hub revision; `main` when absent. */
  readonly revision?: string;
  /** Key of a model in this browser's own storage; then nothing is downloaded. */
  readonly stored?: string;
}

export type LoadProgress =
  /** Bytes received so far over the bytes the manifest declares; `cached` when read from this browser's storage. */
  | { readonly phase: "download"; readonly loaded: Bytes; readonly total: Bytes; readonly cached: boolean }
  | { readonly phase: "compile"; readonly device: DeviceInfo }
  | { readonly phase: "self-test"; readonly device: DeviceInfo }
  /** One more way to run the model is tried, to know which is the fastest here. */
  | { readonly phase: "calibrate"; readonly way: string };

/** Largest difference between the rewards computed here and the manifest's canary. */
export interface SelfTest {
  readonly maxDelta: number;
  readonly tolerance: number;
  readonly duration: Milliseconds;
}

export interface LoadedModel {
  readonly id: string;
  /** See `modelDigest`. */
  readonly digest: string;
  readonly name: string;
  readonly protocol: string;
  readonly dtype: DtypeId;
  readonly licence: string;
  readonly size: Bytes;
  /** Longest input in tokens. */
  readonly context: number;
  readonly threshold: Probability;
  /** What a step reward means, when it is not the reward of that step alone. */
  readonly note?: string;
  readonly device: DeviceInfo;
  readonly way: RunWay;
  /** Every way this device has for this model, `way` among them. */
  readonly ways: readonly RunWay[];
  /** Absent unless it was asked for. */
  readonly tokensPerSecond?: number;
  readonly selfTest: SelfTest;
}

export interface ScoreRequest {
  readonly problem: string;
  /** The steps' texts, in order. */
  readonly steps: readonly string[];
}

/** Sent after every forward pass: the steps it completed and how far the job is. */
export interface ScoreProgress {
  readonly steps: readonly StepScore[];
  readonly tokensDone: number;
  readonly tokensTotal: number;
}

/**
 * Runs a process reward model. `LocalScorer` does the work; the page holds a proxy of the same type
 * over a worker's port, and cannot tell the difference.
 */
export interface Scorer {
  /**
   * Downloads, verifies and compiles a model and checks its numbers against its canary.
   * @throws AppError `download-failed` | `malformed-file` | `unsupported-model` | `webgpu-unavailable`
   *   | `self-test-failed` | `out-of-memory` | `cancelled`
   */
  load(params: LoadRequest, ctx: CallContext<LoadProgress>): Promise<LoadedModel>;
  /**
   * Scores every step in one pass. When aborted it resolves with what was scored until then.
   * @throws AppError `bad-input` | `device-lost` | `out-of-memory`
   */
  score(params: ScoreRequest, ctx: CallContext<ScoreProgress>): Promise<ScoredTrace>;
  /**
   * How many tokens the loaded model would read, without running it.
   * @throws AppError `bad-input` when no model is loaded
   */
  countTokens(params: ScoreRequest, ctx: CallContext<never>): Promise<TokenCount>;
}

export interface TokenCount {
  /** Of each step that fits the model's context, its separator or marker included. */
  readonly steps: readonly number[];
  /** Of the whole input as far as it fits, the problem and the template included. */
  readonly total: number;
  /** Longest input. */
  readonly context: number;
}

export interface LoadRequest {
  readonly model: ModelRef;
  /** Forces a device; absent: the best one. */
  readonly device?: DeviceId;
  /** Forces a way; absent: the first exact one that passes its self-test. */
  readonly way?: string;
  /** Also measures how many tokens a second this way takes. */
  readonly measuresSpeed?: boolean;
  /**
   * Why each earlier candidate was refused, in order; that many are skipped. A runtime that failed once
   * cannot be trusted again in the same thread, so every attempt starts in a fresh one.
   */
  readonly refused?: readonly string[];
}
