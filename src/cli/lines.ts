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
    yield* decodeLines(file, handle);
  } finally {
    await handle.close();
  }
}

/** Text that is no UTF-8 is refused: read all the same, its letters would be others. */
async function* decodeLines(file: string, handle: FileHandle): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  /** Of the line that is being read; a long one comes in many. */
  let pieces: string[] = [];
  let lineCount = 0;
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (cause) {
      const where = `${file} is not UTF-8 text, from line ${lineCount + 1} on or soon behind it`;
      throw new AppError("bad-input", where, { file }, cause);
    }
  };
  for await (const bytes of handle.createReadStream({ autoClose: false })) {
    const [first = "", ...others] = decode(bytes).split("\n");
    pieces.push(first);
    for (const next of others) {
      lineCount += 1;
      yield joinLine(pieces);
      pieces = [next];
    }
  }
  pieces.push(decode());
  if (pieces.some((piece) => piece !== "")) {
    yield joinLine(pieces);
  }
}

function joinLine(pieces: readonly string[]): string {
  return pieces.join("").replace(/\r$/, "");
}

/** What the system says by a code, in words. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "it may not be read",
};

async function openFile(file: string): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const why = REFUSALS[code] ?? AppError.from(cause).message;
    throw new AppError("bad-input", `${file} cannot be read: ${why}`, { file }, cause);
  }
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw new AppError("bad-input", `${file} is a folder, not a JSONL file`, { file });
  }
  return handle;
}
