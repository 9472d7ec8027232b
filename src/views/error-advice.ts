import type { ErrorCode, WireError } from "../core/errors.ts";

/** What a person can do about it. The error's own message is the fact and stands before this. */
const ERROR_ADVICE = {
  "webgpu-unavailable": "Reload without ?device=webgpu to run on WebAssembly.",
  "device-lost": "The graphics device went away; Score loads the model again.",
  "out-of-memory": "Close other tabs, or score a shorter chain.",
  "storage-full": "Delete a model, or free space on the disk; what was kept goes on from there.",
  "self-test-failed": "This device computes wrong numbers; try ?device=wasm.",
  "download-failed": "Check the connection, then retry. What was received is kept.",
  "malformed-file": "The model's files are damaged or incomplete; retry to download them again.",
  "unsupported-model": "Choose another one under Models.",
  "bad-input": "Change the text or how it is cut into steps.",
  "worker-crashed": "Score starts it again and loads the model.",
  cancelled: "",
  internal: "Score again; if it happens twice, reload the page.",
} as const satisfies Record<ErrorCode, string>;

/** The same, where a model was being added, exported or deleted. */
const LIBRARY_ADVICE = {
  ...ERROR_ADVICE,
  "out-of-memory": "Close other tabs, or store the weights in fewer bits.",
  "self-test-failed": "This device cannot check the converted model; convert it on the command line.",
  "download-failed": "Check the connection, then try again: it goes on where it stopped.",
  "malformed-file": "",
  "unsupported-model": "",
  "bad-input": "",
  "worker-crashed": "Try again: what was downloaded is kept.",
  internal: "Try again; if it happens twice, reload the page.",
} as const satisfies Record<ErrorCode, string>;

type Told = Pick<WireError, "code" | "message">;

/** The fact as a sentence, then the advice. */
export function describeError(error: Told): string {
  return sentenceOf(error, ERROR_ADVICE);
}

/** As `describeError`, for what was asked of the library of models. */
export function describeLibraryError(error: Told): string {
  return sentenceOf(error, LIBRARY_ADVICE);
}

function sentenceOf({ code, message }: Told, advice: Readonly<Record<ErrorCode, string>>): string {
  const whole = message.replace(/[.\s]+$/, "");
  // A path or an id at the start keeps its spelling.
  const fact = /^[a-z]+[\s,:]/.test(whole) ? whole.charAt(0).toUpperCase() + whole.slice(1) : whole;
  return `${fact}. ${advice[code]}`.trim();
}
