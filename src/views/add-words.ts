import { type AddProgress, waitSentence } from "../core/model-library.ts";
import { formatBytes, formatCount } from "../ui/format-number.ts";

/** What is going on, as a sentence with its numbers. */
export function progressSentence(progress: AddProgress | undefined): string {
  switch (progress?.phase) {
    case undefined:
      return "Starting";
    case "describe":
      return "Asking the Hub what the repository holds";
    case "download":
      return `Downloading: ${formatBytes(progress.done)} of ${formatBytes(progress.total)}`;
    case "wait":
      return waitSentence(progress);
    case "copy":
      return `Copying: ${formatBytes(progress.done)} of ${formatBytes(progress.total)}`;
    case "convert":
      return `Converting: ${millions(progress.done)} of ${millions(progress.total)} million weights`;
    case "measure":
      return `Measuring what the conversion changed, on ${progress.device.label}`;
  }
}

const MILLION = 1e6;

function millions(weights: number): string {
  return weights < MILLION ? (weights / MILLION).toFixed(1) : formatCount(Math.round(weights / MILLION));
}

/** How far along the phase is; undefined where that is not known. */
export function progressShare(
  progress: AddProgress | undefined,
): { readonly value: number; readonly max: number } | undefined {
  return progress !== undefined && "total" in progress
    ? { value: progress.done, max: progress.total }
    : undefined;
}
