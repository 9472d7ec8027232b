/**
 * One error class with a closed list of codes. Class identity dies in structured clone, so what
 * crosses a thread is the code, the message and plain details; hosts turn codes into advice.
 */
export const ERROR_CODES = [
  "webgpu-unavailable",
  "device-lost",
  "out-of-memory",
  "storage-full",
  "self-test-failed",
  "download-failed",
  "malformed-file",
  "unsupported-model",
  "bad-input",
  "worker-crashed",
  "cancelled",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The device, or the way it was used, failed: another may do, and the thread is not used again. */
export const DEVICE_ERRORS: ReadonlySet<ErrorCode> = new Set([
  "device-lost",
  "out-of-memory",
  "self-test-failed",
  "webgpu-unavailable",
  "worker-crashed",
  "internal",
]);

export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** What an error looks like on the wire between threads. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** The project's error: `message` is a neutral fact with its numbers; advice is the host's. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }

  /** Wraps anything thrown; an `AppError` passes through unchanged. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) {
      return thrown;
    }
    if (thrown instanceof DOMException && thrown.name === "AbortError") {
      return new AppError("cancelled", "stopped", {}, thrown);
    }
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new AppError("internal", message, {}, thrown);
  }
}

/** The part of an error that survives `postMessage`. */
export function toWire(thrown: unknown): WireError {
  const error = AppError.from(thrown);
  return { code: error.code, message: error.message, details: error.details };
}

/** Rebuilds an error on the receiving side of a port. */
export function fromWire(wire: WireError): AppError {
  return new AppError(wire.code, wire.message, wire.details);
}

/** Throws `cancelled` when the signal has been aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new AppError("cancelled", "stopped");
  }
}
