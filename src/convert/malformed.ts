/** The one error of the readers, and how a name out of a file is quoted in a sentence. */
import { AppError } from "../core/errors.ts";

/** Names of tensors are some 60 characters; what is longer is only recognised by its beginning. */
const MAX_QUOTED_LENGTH = 160;

/**
 * A name out of a file as it may stand in a message: printable and short, because a hostile file chooses it.
 */
export function quoteName(name: string): string {
  const start = name.slice(0, MAX_QUOTED_LENGTH).replace(/[^\x20-\x7e]/g, "?");
  return name.length > MAX_QUOTED_LENGTH ? `${start}…` : start;
}

/** An `AppError` `malformed-file` whose message begins with the file's name. */
export function malformed(file: string, fact: string, cause?: unknown): AppError {
  return new AppError("malformed-file", `${file}: ${fact}`, { file }, cause);
}
