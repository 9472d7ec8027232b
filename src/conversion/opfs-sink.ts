/** Model files written to a folder of the origin's private file system, in a worker. */
import type { ModelSink, SinkFile } from "../convert/external-data.ts";
import { AppError } from "../core/errors.ts";

/** Ends the name of a file that is still being written. */
const PARTIAL = ".partial";

/** What is used of a file's handle in a worker; `move` is in no TypeScript library, the rest not in the page's. */
interface WorkerFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
  move(name: string): Promise<void>;
}

interface SyncAccessHandle {
  getSize(): number;
  read(into: AllowSharedBufferSource, options?: { at?: number }): number;
  write(bytes: AllowSharedBufferSource, options?: { at?: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** Gives what a browser throws when the disk or the origin's quota is used up its code. */
export function asStorageError(thrown: unknown, path: string): AppError {
  if (thrown instanceof DOMException && thrown.name === "QuotaExceededError") {
    return new AppError(
      "storage-full",
      `${path} could not be written: this browser's storage for the page is full`,
      { file: path },
      thrown,
    );
  }
  return AppError.from(thrown);
}

async function folderOf(
  top: FileSystemDirectoryHandle,
  path: string,
): Promise<readonly [folder: FileSystemDirectoryHandle, name: string]> {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  let folder = top;
  for (const part of parts) {
    folder = await folder.getDirectoryHandle(part, { create: true });
  }
  return [folder, name];
}

/** Writes files under their final names only once they are whole. */
export function opfsSink(top: FileSystemDirectoryHandle): ModelSink {
  return {
    create: async (path): Promise<SinkFile> => {
      const [folder, name] = await folderOf(top, path);
      // This module runs in a worker only, where handles have these members.
      const file = (await folder.getFileHandle(name + PARTIAL, { create: true })) as WorkerFileHandle;
      const handle = await file.createSyncAccessHandle();
      handle.truncate(0);
      let at = 0;
      return {
        write: async (bytes) => {
          try {
            // A short write is how some browsers tell of a full disk.
            const written = handle.write(bytes, { at });
            if (written !== bytes.length) {
              throw new DOMException("short write", "QuotaExceededError");
            }
            at += written;
          } catch (thrown) {
            throw asStorageError(thrown, path);
          }
        },
        close: async () => {
          handle.flush();
          handle.close();
          await file.move(name);
        },
      };
    },
  };
}
