/** Checkpoint folders and model folders on disk, for the converter. */
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { PARTIAL } from "../conversion/workshop.ts";
import { type CheckpointFiles, createByteSource } from "../convert/byte-source.ts";
import type { ModelSink, SinkFile } from "../convert/external-data.ts";
import { AppError } from "../core/errors.ts";
import { diskError } from "./disk-error.ts";

async function readRange(handle: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) {
      return bytes.subarray(0, filled);
    }
    filled += bytesRead;
  }
  return bytes;
}

/** A file below a folder; `undefined` when there is none, or it would be outside. */
async function openInside(folder: string, path: string): Promise<FileHandle | undefined> {
  const file = join(folder, ...path.split("/"));
  if (!file.startsWith(join(folder, sep))) {
    return undefined;
  }
  try {
    return await open(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw new AppError("bad-input", `${file} cannot be read: ${AppError.from(cause).message}`, {}, cause);
  }
}

export interface OpenFolder extends CheckpointFiles {
  close(): Promise<void>;
}

/**
 * The files of a folder.
 * @throws AppError `bad-input` when it is not one.
 */
export async function openFolder(folder: string): Promise<OpenFolder> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new AppError("bad-input", `${folder} is not a folder that can be read`, { folder }, cause);
  }
  const handles = new Map<string, FileHandle>();
  return {
    list: () => Promise.resolve(names),
    open: async (path) => {
      const handle = handles.get(path) ?? (await openInside(folder, path));
      if (handle === undefined) {
        return undefined;
      }
      handles.set(path, handle);
      const { size } = await handle.stat();
      return createByteSource(path, size, (start, end) => readRange(handle, start, end));
    },
    close: async () => {
      for (const handle of handles.values()) {
        await handle.close();
      }
    },
  };
}

/** Writes files under their final names only once they are whole. */
export function folderSink(folder: string): ModelSink {
  return {
    create: async (path) => {
      const final = join(folder, ...path.split("/"));
      if (!final.startsWith(join(folder, sep))) {
        throw new AppError("internal", `${path} is outside the output folder`);
      }
      await mkdir(dirname(final), { recursive: true });
      return new PartialFile(await open(final + PARTIAL, "w"), final);
    },
    sizeOf: (path) =>
      stat(join(folder, ...path.split("/"))).then(
        ({ size }) => size,
        () => undefined,
      ),
    startSha256: () => createHash("sha256"),
  };
}

class PartialFile implements SinkFile {
  readonly #final: string;
  #handle: FileHandle | undefined;
  /** The last write, which goes on while the next bytes are made. */
  #writing: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle, final: string) {
    this.#handle = handle;
    this.#final = final;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#written();
    this.#writing = this.#handle?.writeFile(bytes) ?? Promise.resolve();
    // A failure is told where it is awaited.
    this.#writing.catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#written();
    await this.#release();
    await rename(this.#final + PARTIAL, this.#final);
  }

  async abort(): Promise<void> {
    if (this.#handle !== undefined) {
      await this.#release();
      await rm(this.#final + PARTIAL, { force: true });
    }
  }

  async #written(): Promise<void> {
    try {
      await this.#writing;
    } catch (cause) {
      await this.abort();
      throw diskError(this.#final, "written", cause);
    }
  }

  async #release(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    // Closing under a write would fail that, and lose what it says.
    await this.#writing.catch(() => undefined);
    await handle?.close();
  }
}

/** Whether a folder is there and holds anything. */
export async function isOccupied(folder: string): Promise<boolean> {
  const there = await stat(folder).catch(() => undefined);
  return there !== undefined && (!there.isDirectory() || (await readdir(folder)).length > 0);
}
