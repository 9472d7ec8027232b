/**
 * What the engine needs from where it runs: verified model files, and the devices to try. A browser worker
 * and Node each bring their own; everything else is the same code.
 */
import type { PreTrainedModel } from "@huggingface/transformers";
import type { DtypeId } from "../core/dtypes.ts";
import type { ModelManifest } from "../core/manifest.ts";
import type { CallContext, DeviceId, DeviceInfo, LoadProgress, ModelRef } from "../core/scorer.ts";

export interface ProvidedModel {
  readonly manifest: ModelManifest;
  /**
   * What to hand to `from_pretrained`. Every file of the manifest has been verified; in a browser nothing else
   * can be reached through it, in Node the folder is trusted not to hold other files.
   */
  readonly pretrainedId: string;
  /** The text of a file in the manifest; `undefined` when it lists none of that path. */
  readText(path: string): Promise<string | undefined>;
}

type PretrainedOptions = NonNullable<Parameters<typeof PreTrainedModel.from_pretrained>[1]>;
export type SessionOptions = NonNullable<PretrainedOptions["session_options"]>;

/** A device that is open and ready for a session. */
export interface OpenDevice {
  readonly sessionOptions: SessionOptions;
  /** Settles with a description when the device is lost; never settles where that cannot happen. */
  readonly lost: Promise<string>;
  release(): void;
}

/** One way to run the graph. Nothing is acquired before `open`. */
export interface DeviceCandidate {
  readonly info: DeviceInfo;
  /** Why it cannot run a dtype, as a clause; `undefined` when it can. */
  objection?(dtype: DtypeId): string | undefined;
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
