/**
 * Where one model is made: its downloads, what is written of it, and notes that let a later run go on where this
 * one was stopped. Node has one in a folder, the browser one in the origin's private file system.
 */
import type { CheckpointFiles } from "../convert/byte-source.ts";
import type { ModelSink } from "../convert/external-data.ts";
import type { ModelManifest } from "../core/manifest.ts";
import type { CallContext, DeviceInfo } from "../core/scorer.ts";
import type { DeviceCandidate, ProvidedModel } from "../engine/host.ts";
import type { LoadedTokenizer } from "../engine/tokenizer.ts";
import type { DownloadStore } from "../hub/download-store.ts";

/** Folders that workshops have inside a model's own, for what the finished model does not need. */
export const WORK_FOLDERS = {
  browser: "work",
  /** A name that nobody else gives a folder: this one may be among a person's files. */
  disk: ".stepscope-work",
} as const;

/** Ends the name of a file that is still being written. */
export const PARTIAL = ".partial";

/** A written model within reach of transformers.js. */
export interface WrittenModel extends Omit<ProvidedModel, "manifest"> {
  /** The device that checks it. */
  readonly candidate: DeviceCandidate;
}

/** Small JSON files, each replaced as a whole. */
export interface Notes {
  /** What the last `write` of this name left; `undefined` when there was none, or it cannot be read. */
  read(name: string): Promise<unknown>;
  write(name: string, value: unknown): Promise<void>;
}

export interface Workshop {
  readonly downloads: DownloadStore;
  /** The finished downloads. */
  readonly source: CheckpointFiles;
  /** Where the model's files go. A file is there, whole, only after its `close`. */
  readonly sink: ModelSink;
  readonly notes: Notes;
  /**
   * The canary's rewards by what was written, before it becomes a model.
   * @param draft Its manifest as far as it is known.
   */
  measure(
    draft: ModelManifest,
    tokenizer: LoadedTokenizer,
    ctx: CallContext<DeviceInfo>,
  ): Promise<readonly number[]>;
  /** Deletes downloads and notes: a finished model does not need them, and another job must not find them. */
  tidy(): Promise<void>;
}
