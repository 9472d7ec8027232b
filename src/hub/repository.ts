/** What is known of a repository on the Hub and of its files, before anything of them is downloaded. */
import type { Bytes } from "../core/units.ts";

/** One file at one commit, and what it must turn out to be. */
export interface RemoteFile {
  /** Id of the repository, for messages. */
  readonly repository: string;
  /** Inside the repository, with forward slashes; safe to use inside a folder. */
  readonly path: string;
  /** At the repository's commit: what it answers never changes. */
  readonly url: string;
  readonly size: Bytes;
  /** Lower-case hex. The Hub knows it of large files. */
  readonly sha256?: string;
  /** SHA-1 of git's blob in lower-case hex; of the files without `sha256`. */
  readonly gitSha1?: string;
}

export interface Repository {
  /** `owner/name`, as the Hub spells it. */
  readonly id: string;
  /** SHA of a commit, never a branch. */
  readonly revision: string;
  /** A licence's id as its card gives it, or `not stated`. */
  readonly licence: string;
  readonly files: readonly RemoteFile[];
}

/** Sum of the files' sizes. */
export function totalSize(files: readonly RemoteFile[]): Bytes {
  return files.reduce((sum, { size }) => sum + size, 0);
}
