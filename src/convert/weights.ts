/** The checkpoint's tensors by the role they play, with the shapes the config promises. */
import { AppError } from "../core/errors.ts";
import { checkFinite } from "./check-finite.ts";
import type { Checkpoint, TensorEntry } from "./checkpoint.ts";
import { type MatrixSource, PieceMemory, streamRows } from "./matrix-source.ts";

const EMBEDDING = "embed_tokens.weight";

/** Prefixes of the backbone's tensors in published layouts; the last is that of a bare `AutoModel`. */
const PREFIXES = ["model.", "pretrained_model.model.", "model.model.", ""];

export class Weights {
  readonly #checkpoint: Checkpoint;
  readonly #signal: AbortSignal;
  readonly #memory = new PieceMemory();
  readonly prefix: string;

  /** @throws AppError `malformed-file` when there is no embedding under any known prefix. */
  constructor(checkpoint: Checkpoint, signal: AbortSignal) {
    this.#checkpoint = checkpoint;
    this.#signal = signal;
    const prefix = PREFIXES.find((known) => checkpoint.tensors.has(known + EMBEDDING));
    if (prefix === undefined) {
      throw new AppError("malformed-file", `the checkpoint has no tensor "model.${EMBEDDING}"`, {
        tensor: EMBEDDING,
      });
    }
    this.prefix = prefix;
  }

  /** @throws AppError `malformed-file` when the checkpoint has more layers than the config says. */
  checkLayers(count: number): void {
    const beyond = [...this.#checkpoint.tensors.keys()].find((name) =>
      name.startsWith(`${this.prefix}layers.${count}.`),
    );
    if (beyond !== undefined) {
      throw new AppError(
        "malformed-file",
        `config.json says that there are ${count} layers, and the checkpoint has tensor "${beyond}"`,
        { file: "config.json", tensor: beyond },
      );
    }
  }

  has(name: string): boolean {
    return this.#checkpoint.tensors.has(name);
  }

  /** A matrix `[rows, columns]`. */
  matrix(name: string, rows: number, columns: number): MatrixSource {
    const { file } = this.#check(name, [rows, columns]);
    return {
      tensor: name,
      file,
      rows,
      columns,
      read: (first, count) => this.#read(name, file, first, count),
      pieces: (first, count) =>
        streamRows(this.#checkpoint, { tensor: name, columns, first, count }, this.#memory, this.#signal),
    };
  }

  /** A vector `[length]`, for which is read when it is wanted. */
  vector(name: string, length: number): () => Promise<Float32Array> {
    const { file } = this.#check(name, [length]);
    return () => this.#read(name, file, 0, length);
  }

  async #read(tensor: string, file: string, first: number, count: number): Promise<Float32Array> {
    const values = await this.#checkpoint.readFloat32(tensor, first, count, this.#signal);
    checkFinite(values, { file, tensor });
    return values;
  }

  /** The language-model head: its own matrix, or the embedding when the two are tied. */
  languageHead(rows: number, columns: number): MatrixSource {
    const own = ["lm_head.weight", `${this.prefix.replace(/model\.$/, "")}lm_head.weight`].find((name) =>
      this.has(name),
    );
    return this.matrix(own ?? this.prefix + EMBEDDING, rows, columns);
  }

  #check(name: string, shape: readonly number[]): TensorEntry {
    const entry = this.#checkpoint.tensors.get(name);
    if (entry === undefined) {
      throw new AppError("malformed-file", `the checkpoint has no tensor "${name}"`, { tensor: name });
    }
    if (entry.shape.join() !== shape.join()) {
      throw new AppError(
        "malformed-file",
        `${entry.file}: tensor "${name}" has shape [${entry.shape.join(", ")}], and the config asks for [${shape.join(", ")}]`,
        { file: entry.file, tensor: name },
      );
    }
    return entry;
  }
}
