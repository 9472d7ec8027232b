import type { ErrorCode } from "../core/errors.ts";

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

/** The fact as a sentence, then the advice. */
export function describeError(error: { readonly code: ErrorCode; readonly message: string }): string {
  const message = error.message.replace(/[.\s]+$/, "");
  // A path or an id at the start keeps its spelling.
  const fact = /^[a-z]+[\s,:]/.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message;
  return `${fact}. ${ERROR_ADVICE[error.code]}`.trim();
}
