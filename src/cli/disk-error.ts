import { AppError } from "../core/errors.ts";

/** What the system says when nothing more fits: the disk, or this user's share of it. */
const NO_SPACE = ["ENOSPC", "EDQUOT"];

/**
 * A file system's refusal as the project's error.
 * @param doing Completes "could not be".
 */
export function diskError(path: string, doing: string, cause: unknown): AppError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const isFull = NO_SPACE.includes(code);
  const why = isFull ? "no space is left" : AppError.from(cause).message;
  return new AppError(
    isFull ? "storage-full" : "bad-input",
    `${path} could not be ${doing}: ${why}`,
    { path },
    cause,
  );
}
