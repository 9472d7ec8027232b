/** Downloads in a folder on disk: `<name>.partial` until they are whole. */
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { PARTIAL } from "../conversion/workshop.ts";
import { AppError } from "../core/errors.ts";
import type { DownloadStore, PartialFile } from "../hub/download-store.ts";
import { diskError } from "./disk-error.ts";

/** Read at once: larger gains nothing, smaller costs system calls. */
const PIECE_BYTES = 1024 * 1024;

/** The files of one repository at one commit, in a folder that is made when it is needed. */
export function folderStore(folder: string): DownloadStore {
  return {
    open: async (path) => {
      const final = join(folder, ...path.split("/"));
      if (!final.startsWith(join(folder, sep))) {
        throw new AppError("internal", `${path} is outside the folder of the download`);
      }
      try {
        await mkdir(dirname(final), { recursive: true });
        await rename(final, final + PARTIAL).catch(ignoreMissing);
        const handle = await open(final + PARTIAL, "a+");
        const { size } = await handle.stat();
        return new PartialFileOnDisk(handle, final, size);
      } catch (cause) {
        throw diskError(final, "opened", cause);
      }
    },
  };
}

function ignoreMissing(thrown: NodeJS.ErrnoException): void {
  if (thrown.code !== "ENOENT") {
    throw thrown;
  }
}

class PartialFileOnDisk implements PartialFile {
  readonly #handle: FileHandle;
  readonly #final: string;
  #size: number;

  constructor(handle: FileHandle, final: string, size: number) {
    this.#handle = handle;
    this.#final = final;
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  async *read(): AsyncGenerator<Uint8Array> {
    const piece = new Uint8Array(Math.min(PIECE_BYTES, this.#size));
    for (let at = 0; at < this.#size; ) {
      const { bytesRead } = await this.#handle.read(piece, 0, piece.length, at);
      if (bytesRead === 0) {
        // Someone else made it shorter; its size and hash will tell.
        return;
      }
      yield piece.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    try {
      await this.#handle.appendFile(bytes);
    } catch (cause) {
      throw diskError(this.#final, "written", cause);
    }
    this.#size += bytes.length;
  }

  async clear(): Promise<void> {
    await this.#handle.truncate(0);
    this.#size = 0;
  }

  async finish(): Promise<void> {
    await this.#handle.close();
    await rename(this.#final + PARTIAL, this.#final);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(this.#final + PARTIAL, { force: true });
  }
}
