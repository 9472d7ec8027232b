/** Weights beside the model file, in files small enough to retry, hash and hold one at a time. */
import type { Bytes } from "../core/units.ts";

/** Where the converter puts what it makes. A file is there only after `close`. */
export interface ModelSink {
  create(path: string): Promise<SinkFile>;
}

export interface SinkFile {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export interface ExternalPlace {
  /** Base name: ONNX looks beside the model file. */
  readonly file: string;
  readonly offset: Bytes;
  readonly length: Bytes;
}

/** Below Chromium's 2 GB for one buffer, and a bearable loss when a download breaks. */
const MAX_EXTERNAL_FILE: Bytes = 512 * 1024 * 1024;

/** ONNX Runtime maps a tensor into memory only when it starts on a page. */
const ALIGNMENT: Bytes = 4096;

/** Writes tensors one after the other, starting a new file where the next one would not fit. */
export class ExternalData {
  readonly #sink: ModelSink;
  readonly #folder: string;
  readonly #base: string;
  readonly #limit: Bytes;
  readonly #files: string[] = [];
  #file: SinkFile | undefined;
  #offset: Bytes = 0;

  /** @param base Name of the model file, e.g. `model_q4.onnx`: transformers.js wants `<base>_data`, `<base>_data_1`... */
  constructor(sink: ModelSink, folder: string, base: string, limit: Bytes = MAX_EXTERNAL_FILE) {
    this.#sink = sink;
    this.#folder = folder;
    this.#base = base;
    this.#limit = limit;
  }

  /** Paths written so far, relative to the model's folder. */
  get files(): readonly string[] {
    return this.#files.map((file) => `${this.#folder}/${file}`);
  }

  async add(bytes: Uint8Array): Promise<ExternalPlace> {
    const padding = (ALIGNMENT - (this.#offset % ALIGNMENT)) % ALIGNMENT;
    if (this.#file === undefined || this.#offset + padding + bytes.length > this.#limit) {
      await this.#next();
    } else if (padding > 0) {
      await this.#file.write(new Uint8Array(padding));
      this.#offset += padding;
    }
    const place = { file: this.#files.at(-1) ?? "", offset: this.#offset, length: bytes.length };
    await this.#file?.write(bytes);
    this.#offset += bytes.length;
    return place;
  }

  async #next(): Promise<void> {
    await this.close();
    const count = this.#files.length;
    const name = `${this.#base}_data${count === 0 ? "" : `_${count}`}`;
    this.#files.push(name);
    this.#file = await this.#sink.create(`${this.#folder}/${name}`);
    this.#offset = 0;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}
