import { type AddProgress, waitSentence } from "../core/model-library.ts";
import { say } from "./run-command.ts";

const MEGABYTE = 1e6;
const MILLION = 1e6;
/** In a log every line stays: one for each so many percent. */
const LOG_STEP = 10;

function words(progress: AddProgress): string {
  switch (progress.phase) {
    case "describe":
      return "asking the Hub";
    case "download":
    case "copy": {
      const { done, total } = progress;
      const verb = progress.phase === "copy" ? "copied" : "downloaded";
      return `${verb} ${(done / MEGABYTE).toFixed(1)} of ${(total / MEGABYTE).toFixed(1)} MB`;
    }
    case "wait":
      return waitSentence(progress);
    case "convert":
      return `converted ${(progress.done / MILLION).toFixed(1)} of ${(progress.total / MILLION).toFixed(1)} million weights`;
    case "measure":
      return `scoring the canary on ${progress.device.label}`;
  }
}

function percent(progress: AddProgress): number {
  return "total" in progress && progress.total > 0 ? (progress.done / progress.total) * 100 : 0;
}

/** Tells of progress on stderr: one line that is written over at a terminal, one for every ten percent in a log. */
export function createProgressLine(): (progress: AddProgress) => void {
  let last = "";
  return (progress) => {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\u001b[K${words(progress)}${progress.phase === "measure" ? "\n" : ""}`);
      return;
    }
    const attempt = progress.phase === "wait" ? progress.attempt : "";
    const step = `${progress.phase} ${Math.floor(percent(progress) / LOG_STEP)} ${attempt}`;
    if (step !== last) {
      last = step;
      say(words(progress));
    }
  };
}
