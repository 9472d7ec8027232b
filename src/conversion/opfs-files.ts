/** What the stores in the origin's private file system share: handles of a worker, folders on the way, full disks. */
import { AppError } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";

/** What is used of a file's handle in a worker; `move` is in no TypeScript library, the rest not in the page's. */
export interface WorkerFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
  move(name: string): Promise<void>;
}

export interface SyncAccessHandle {
  getSize(): number;
  read(into: AllowSharedBufferSource, options?: { at?: number }): number;
  write(bytes: AllowSharedBufferSource, options?: { at?: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** Gives what a browser throws when the disk or the origin's quota is used up its code. */
function asStorageError(thrown: unknown, path: string): AppError {
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

/** The folder a file is in, made on the way, and the file's own name. */
export async function folderOf(
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

/** Opens a file for writing, made when it is not there. */
export async function openForWriting(
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<{ readonly file: WorkerFileHandle; readonly handle: SyncAccessHandle }> {
  // These modules run in workers only, where handles have these members.
  const file = (await folder.getFileHandle(name, { create: true })) as WorkerFileHandle;
  return { file, handle: await file.createSyncAccessHandle() };
}

/** Gives a file another name in its folder. */
export function moveFile(file: FileSystemFileHandle, name: string): Promise<void> {
  // In no TypeScript library; every browser with synchronous handles has it.
  return (file as WorkerFileHandle).move(name);
}

/** An open handle keeps its file from being opened or deleted, so it is closed whatever a full disk says. */
export function closeFlushed(handle: SyncAccessHandle): void {
  try {
    handle.flush();
  } finally {
    handle.close();
  }
}

/** Writes all of `bytes` at `at`. @throws AppError `storage-full` */
export function writeAt(handle: SyncAccessHandle, bytes: Uint8Array, at: Bytes, path: string): void {
  try {
    // A short write is how some browsers tell of a full disk.
    if (handle.write(bytes, { at }) !== bytes.length) {
      throw new DOMException("short write", "QuotaExceededError");
    }
  } catch (thrown) {
    throw asStorageError(thrown, path);
  }
}
