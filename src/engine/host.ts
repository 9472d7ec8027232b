/**
 * What the engine needs from where it runs: verified model files, and the devices to try. A browser worker
 * and Node each bring their own; everything else is the same code.
 */
import type { PreTrainedModel } from "@huggingface/transformers";
import type { ModelManifest } from "../core/manifest.ts";
import type { CallContext, DeviceId, DeviceInfo, LoadProgress, ModelRef, RunWay } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import type { KernelSetId } from "../kernels/kernel-set.ts";
import type { AllocateBuffer } from "./key-value/in-place-cache.ts";
import type { DeviceMemory } from "./memory-plan.ts";

export interface ProvidedModel {
  readonly manifest: ModelManifest;
  /**
   * What to hand to `from_pretrained`. Every file of the manifest has been verified; in a browser nothing else
   * can be reached through it, in Node the folder is trusted not to hold other files.
   */
  readonly pretrainedId: string;
  /** The text of a file in the manifest; `undefined` when it lists none of that path. */
  readText(path: string): Promise<string | undefined>;
  /** The graph and its weights, for a host that can run them rewritten. */
  readonly graph?: GraphFiles;
}

/** A graph's files where they lie on disk: what is read comes into memory, and what a session is opened with may. */
export interface GraphFiles {
  /** The .onnx file. */
  readGraph(): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Bytes of external data, fewer where the file ends before; `undefined` when there is no such file.
   * @param location What the graph calls the file.
   */
  readWeights(location: string, offset: Bytes, length: Bytes): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Gets the model's own graph, or another in its place, ready for a session. */
  prepare(graph?: Uint8Array<ArrayBuffer>): Promise<PreparedGraph>;
}

/** A graph that a session can be opened with. */
export interface PreparedGraph {
  /** What to hand to `from_pretrained`. */
  readonly pretrainedId: string;
  /** The weights; absent: the runtime finds them by itself. */
  readonly externalData?: readonly ExternalData[];
  /** Once the session is open, or failed to; absent: nothing is left behind. */
  release?(): Promise<void>;
}

export interface ExternalData {
  /** What the graph calls it. */
  readonly path: string;
  /** A Blob lies on disk until the session reads it. */
  readonly data: Blob | Uint8Array;
}

type PretrainedOptions = NonNullable<Parameters<typeof PreTrainedModel.from_pretrained>[1]>;
export type SessionOptions = NonNullable<PretrainedOptions["session_options"]>;

/** A device that is open and ready for a session. */
export interface OpenDevice {
  readonly sessionOptions: SessionOptions;
  /** What it has for caches and activations. */
  readonly memory: DeviceMemory;
  /** Makes buffers that a run can write where they lie; absent where the runtime cannot. */
  readonly allocateBuffer?: AllocateBuffer;
  /** Settles with a description when the device is lost; never settles where that cannot happen. */
  readonly lost: Promise<string>;
  release(): void;
}

/** One way to run the graph. Nothing is acquired before `open`. */
export interface DeviceCandidate {
  readonly info: DeviceInfo;
  /** Candidates of one way are variants of it: the next is for when the one before fails. */
  readonly way: RunWay;
  /** The operators the graph is rewritten to; absent: it runs as it is stored. */
  readonly kernels?: KernelSetId;
  /** Why it cannot run a model, as a clause; `undefined` when it can. */
  objection?(manifest: Pick<ModelManifest, "dtype" | "files">): string | undefined;
  open(): Promise<OpenDevice>;
}

export interface EngineHost {
  /**
   * Brings every file of the manifest within reach of transformers.js, verified by size and SHA-256.
   * @throws AppError `download-failed` | `malformed-file` | `unsupported-model` | `cancelled`
   */
  provideModel(model: ModelRef, ctx: CallContext<LoadProgress>): Promise<ProvidedModel>;
  /**
   * Devices in the order to try them.
   * @param forced Only this device.
   * @throws AppError `webgpu-unavailable` when a forced device is not there.
   */
  devices(forced: DeviceId | undefined): Promise<readonly DeviceCandidate[]>;
}
