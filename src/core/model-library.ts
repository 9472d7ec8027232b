/** The models kept in this browser: what can be asked of whoever keeps them, in another thread. */
import type { DtypeId } from "./dtypes.ts";
import type { DeviceFacts } from "./preflight.ts";
import type { CallContext, DeviceInfo } from "./scorer.ts";
import type { Bytes, Milliseconds } from "./units.ts";

/** A model that is here whole, as its manifest says. */
export interface StoredModel {
  /** Names its folder: two dtypes of one repository are two models. */
  readonly key: string;
  /** See `modelDigest`: one key may hold other weights later. */
  readonly digest: string;
  readonly id: string;
  readonly name: string;
  readonly protocol: string;
  readonly dtype: DtypeId;
  readonly licence: string;
  readonly size: Bytes;
  /** Largest change of a canary reward by the conversion, where it was measured. */
  readonly rewardError?: number;
  /** Hub repository and commit it was converted from; absent for a folder that did not say. */
  readonly source?: { readonly repository: string; readonly revision?: string };
}

/** A model whose making was interrupted; adding it again goes on where it stopped. */
export interface UnfinishedModel {
  readonly key: string;
  readonly request: HubRequest;
  /** What is kept of it so far. */
  readonly kept: Bytes;
}

export interface LibraryContents {
  readonly models: readonly StoredModel[];
  readonly unfinished: readonly UnfinishedModel[];
  /** Keys of folders whose manifest cannot be read, by this version at least: they can only be deleted. */
  readonly damaged: readonly string[];
  /** Of the device they would run on. */
  readonly device: DeviceFacts;
  /** What the page stores by now, all of it. Absent: the browser does not say. */
  readonly used: Bytes | undefined;
}

interface ConversionChoice {
  readonly dtype: DtypeId;
  /** A protocol's id, where the files do not tell. */
  readonly protocol?: string;
}

export interface HubRequest extends ConversionChoice {
  readonly from: "hub";
  readonly repository: string;
  /** Commit, branch or tag; the newest commit when absent. */
  readonly revision?: string;
}

/** Files dropped on the page: a converted model's folder, or a checkpoint's. */
export interface FolderRequest extends ConversionChoice {
  readonly from: "folder";
  /** The folder's name. */
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly blob: Blob }[];
}

export type AddRequest = HubRequest | FolderRequest;

export type AddProgress =
  /** Asking the Hub what the repository holds. */
  | { readonly phase: "describe" }
  | { readonly phase: "download"; readonly done: Bytes; readonly total: Bytes }
  /** An attempt to reach the Hub failed, as `reason` says; `attempt` is the next one, counted from 1. */
  | {
      readonly phase: "wait";
      readonly reason: string;
      readonly delay: Milliseconds;
      readonly attempt: number;
      readonly attempts: number;
    }
  /** Weights read, quantized and written. */
  | { readonly phase: "convert"; readonly done: number; readonly total: number }
  /** Bytes of a converted model's files copied and verified. */
  | { readonly phase: "copy"; readonly done: Bytes; readonly total: Bytes }
  /** The canary is being scored with what was written. */
  | { readonly phase: "measure"; readonly device: DeviceInfo };

/**
 * Keeps models in this browser's own storage. `LocalLibrary` does the work; the page holds a proxy of the
 * same type over a worker's port.
 */
export interface ModelLibrary {
  /** What is kept here. A folder without a manifest is unfinished, never a model. */
  list(params: null, ctx: CallContext<never>): Promise<LibraryContents>;
  /**
   * Adds a model; an interrupted one goes on where it stopped. Aborting keeps what was downloaded and
   * converted of a Hub repository, and nothing of a folder.
   * @throws AppError `download-failed` | `malformed-file` | `unsupported-model` | `bad-input`
   *   | `storage-full` | `cancelled`
   */
  add(params: AddRequest, ctx: CallContext<AddProgress>): Promise<StoredModel>;
  /** Deletes a model, or what is kept of an unfinished one. */
  remove(params: { readonly key: string }, ctx: CallContext<never>): Promise<void>;
  /** A zip archive of a model's folder. */
  exportZip(params: { readonly key: string }, ctx: CallContext<never>): Promise<Blob>;
}

const SECOND: Milliseconds = 1000;

/** What is waited for and how long, as a sentence. */
export function waitSentence(wait: Extract<AddProgress, { readonly phase: "wait" }>): string {
  const { reason, delay, attempt, attempts } = wait;
  return `${reason}; trying again in ${Math.ceil(delay / SECOND)} s (${attempt} of ${attempts})`;
}
