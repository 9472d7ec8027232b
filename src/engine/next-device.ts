import { AppError, DEVICE_ERRORS } from "../core/errors.ts";

/**
 * What to hand to the next `load` when one failed, so that it tries the next device: why those before were refused.
 * @throws AppError what was thrown, when no other device would do better, none is left, or the work was stopped.
 */
export function refusedWith(
  thrown: unknown,
  refused: readonly string[] = [],
  signal: AbortSignal,
): readonly string[] {
  const error = AppError.from(thrown);
  const { device, devicesLeft } = error.details;
  const isHopeless = !DEVICE_ERRORS.has(error.code) || typeof devicesLeft !== "number" || devicesLeft === 0;
  if (signal.aborted || isHopeless) {
    throw error;
  }
  return [...refused, `${device} was refused: ${error.message}`];
}
