/**
 * Brings a file of a repository here, whole and verified. A download goes on where an earlier one stopped: what
 * is kept is hashed again, and only the bytes after it are asked for. Plain ranges of HTTP over the address that
 * never changes: the Hub redirects it to wherever the file lies, with a new signature each time.
 */
import { AppError, throwIfAborted } from "../core/errors.ts";
import type { CallContext } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import type { DownloadStore, PartialFile } from "./download-store.ts";
import { FileCheck } from "./file-check.ts";
import { type HubOptions, hubFetch, PATIENCE } from "./hub-fetch.ts";
import type { RemoteFile } from "./repository.ts";
import { responseBytes } from "./response-bytes.ts";
import { PassingFailure, withRetries } from "./retry.ts";

export interface DownloadProgress {
  /** `check` while what an earlier download left is read again. */
  readonly phase: "check" | "download";
  /** Bytes of the file that are here. Falls back to 0 when they turn out to be of no use. */
  readonly done: Bytes;
  readonly total: Bytes;
}

export type DownloadContext = HubOptions & CallContext<DownloadProgress>;

/** A connection that brought this much was a working one: failures are counted anew after it. */
const ADVANCE: Bytes = 1024 * 1024;

const HTTP_PARTIAL_CONTENT = 206;
const HTTP_RANGE_NOT_SATISFIABLE = 416;

/**
 * Leaves the file in the store under its own name. Aborting and failing connections keep what was received;
 * bytes that are wrong are deleted.
 * @throws AppError `malformed-file` when size or hash are not as listed; `download-failed` after the last
 * attempt; `bad-input` when the repository is not open to this token; `cancelled`; what the store throws.
 */
export async function downloadFile(
  file: RemoteFile,
  store: DownloadStore,
  ctx: DownloadContext,
): Promise<void> {
  throwIfAborted(ctx.signal);
  const check = await FileCheck.start(file);
  const kept = await store.open(file.path);
  const download = new Download(file, kept, check, ctx);
  try {
    await download.checkKept();
    await download.receive();
  } catch (thrown) {
    await (isWrong(thrown) ? kept.discard() : kept.close());
    throw thrown;
  }
  await kept.finish();
}

/** Whether a file's bytes, and not their way here, are at fault. */
function isWrong(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === "malformed-file";
}

class Download {
  readonly #file: RemoteFile;
  readonly #kept: PartialFile;
  readonly #check: FileCheck;
  readonly #ctx: DownloadContext;
  /** Most bytes that were ever here, at the last failure that was counted anew. */
  #furthest: Bytes = 0;

  constructor(file: RemoteFile, kept: PartialFile, check: FileCheck, ctx: DownloadContext) {
    this.#file = file;
    this.#kept = kept;
    this.#check = check;
    this.#ctx = ctx;
  }

  /** Hashes what an earlier download left; a file as long as it should be that is another is forgotten. */
  async checkKept(): Promise<void> {
    if (this.#kept.size > this.#file.size) {
      await this.#startOver();
      return;
    }
    for await (const bytes of this.#kept.size === 0 ? [] : this.#kept.read()) {
      throwIfAborted(this.#ctx.signal);
      this.#take(bytes, "check");
    }
    this.#furthest = this.#check.size;
  }

  /** Receives the rest and verifies the whole. */
  async receive(): Promise<void> {
    const wasWhole = this.#kept.size === this.#file.size && this.#file.size > 0;
    if (wasWhole && this.#check.problem() !== undefined) {
      await this.#startOver();
    } else if (wasWhole) {
      return;
    }
    await withRetries(() => this.#receiveSome(), {
      signal: this.#ctx.signal,
      delays: this.#ctx.retryDelays,
      onWait: this.#ctx.onWait,
      hasAdvanced: () => this.#hasAdvanced(),
    });
    const problem = this.#check.problem();
    if (problem !== undefined) {
      throw this.#wrong(problem);
    }
  }

  /** One request, for everything that is missing. */
  async #receiveSome(): Promise<void> {
    const { signal, patience = PATIENCE } = this.#ctx;
    const start = this.#kept.size;
    if (start === this.#file.size) {
      return;
    }
    const response = await this.#request(start);
    if (response.status !== HTTP_PARTIAL_CONTENT) {
      // The server knows no ranges, and sends the whole.
      await this.#startOver();
    } else {
      this.#checkRange(response, start);
    }
    for await (const bytes of responseBytes(response, this.#file.path, patience, signal)) {
      if (this.#kept.size + bytes.length > this.#file.size) {
        throw this.#wrong(`is longer than the ${this.#file.size} bytes that are listed`);
      }
      await this.#kept.append(bytes);
      this.#take(bytes, "download");
    }
    if (this.#kept.size < this.#file.size) {
      const fact = `${this.#file.path} stopped arriving after ${this.#kept.size} of ${this.#file.size} bytes`;
      throw new PassingFailure(new AppError("download-failed", fact, { file: this.#file.path }));
    }
  }

  async #request(start: Bytes): Promise<Response> {
    const fetch = hubFetch(this.#ctx, this.#file, this.#ctx.signal);
    try {
      return await fetch(this.#file.url, { headers: { Range: `bytes=${start}-` } });
    } catch (thrown) {
      const { status } = AppError.from(thrown).details;
      if (status === HTTP_RANGE_NOT_SATISFIABLE) {
        throw this.#wrong(`ends before byte ${start}, and ${this.#file.size} bytes are listed`);
      }
      throw thrown;
    }
  }

  /** Browsers hide the header of servers that do not expose it; size and hash are checked all the same. */
  #checkRange({ headers }: Response, start: Bytes): void {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "");
    if (range === null) {
      return;
    }
    const [, first, total] = range;
    if (Number(first) !== start) {
      const fact = `${this.#file.path} came from byte ${first}, and byte ${start} was asked for`;
      throw new PassingFailure(new AppError("download-failed", fact, { file: this.#file.path }));
    }
    if (total !== "*" && Number(total) !== this.#file.size) {
      throw this.#wrong(`has ${total} bytes, and ${this.#file.size} are listed`);
    }
  }

  #take(bytes: Uint8Array, phase: DownloadProgress["phase"]): void {
    this.#check.update(bytes);
    this.#ctx.emit({ phase, done: this.#check.size, total: this.#file.size });
  }

  async #startOver(): Promise<void> {
    await this.#kept.clear();
    this.#check.restart();
    this.#ctx.emit({ phase: "download", done: 0, total: this.#file.size });
  }

  /** Counted from the furthest so far: a server that ignores ranges would else be asked for ever. */
  #hasAdvanced(): boolean {
    const isFurther = this.#kept.size >= this.#furthest + ADVANCE;
    this.#furthest = Math.max(this.#furthest, this.#kept.size);
    return isFurther;
  }

  #wrong(fact: string): AppError {
    return new AppError("malformed-file", `${this.#file.path}: ${fact}`, { file: this.#file.path });
  }
}
