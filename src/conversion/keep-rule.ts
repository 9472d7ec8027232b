import type { AppError, ErrorCode } from "../core/errors.ts";

/** What is wrong with the files themselves will be wrong the next time. */
const HOPELESS: readonly ErrorCode[] = ["malformed-file", "unsupported-model"];

/**
 * Whether another attempt can go on with what a failed one downloaded: it was stopped, the network or the disk
 * failed, a device ran out of memory, or something was missing that a person can add.
 */
export function isWorthKeeping({ code }: AppError): boolean {
  return !HOPELESS.includes(code);
}
