import type { Tensor } from "@huggingface/transformers";

const PRESENT = "present.";
const PAST = "past_key_values.";

/** Owns the key-value cache between chunks of one sequence. The only file that disposes tensors. */
export class KvCache {
  #past: Record<string, Tensor> | undefined;

  /** The `past_key_values` to feed; `undefined` before the first chunk (transformers.js makes empty ones). */
  get past(): Readonly<Record<string, Tensor>> | undefined {
    return this.#past;
  }

  /** Takes the `present.*` outputs of a forward pass and frees the tensors they replace. */
  replace(outputs: Readonly<Record<string, Tensor>>): void {
    const old = this.#past;
    this.#past = Object.fromEntries(
      Object.entries(outputs)
        .filter(([name]) => name.startsWith(PRESENT))
        .map(([name, tensor]) => [PAST + name.slice(PRESENT.length), tensor]),
    );
    disposeAll(old);
  }

  /** Frees the outputs of a forward pass whose cache is not kept. */
  static discard(outputs: Readonly<Record<string, Tensor>>): void {
    disposeAll(outputs);
  }

  clear(): void {
    const old = this.#past;
    this.#past = undefined;
    disposeAll(old);
  }
}

function disposeAll(tensors: Readonly<Record<string, Tensor>> | undefined): void {
  for (const tensor of Object.values(tensors ?? {})) {
    tensor.dispose();
  }
}
