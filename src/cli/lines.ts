import { type FileHandle, open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { AppError } from "../core/errors.ts";

/**
 * The lines of a text file, or of standard input for `-`, one in memory at a time.
 * @throws AppError `bad-input` when the file cannot be read.
 */
export async function* readLines(file: string, signal: AbortSignal): AsyncGenerator<string> {
  if (file === "-") {
    // The signal ends the wait for a line that may never come.
    yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY, signal });
    return;
  }
  const handle = await openFile(file);
  try {
    yield* handle.readLines();
  } finally {
    await handle.close();
  }
}

async function openFile(file: string): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch (cause) {
    throw new AppError(
      "bad-input",
      `${file} cannot be read: ${AppError.from(cause).message}`,
      { file },
      cause,
    );
  }
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw new AppError("bad-input", `${file} is a folder, not a JSONL file`, { file });
  }
  return handle;
}
