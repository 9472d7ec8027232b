/**
 * Weights beside the model file, in files small enough to retry, hash and hold one at a time. Where every tensor
 * lies is settled from lengths alone, before a byte is read: a conversion that was stopped finds the same places
 * again, and what lies in a file that is finished is never made twice.
 */
import type { Bytes } from "../core/units.ts";
import type { MatrixSource } from "./matrix-source.ts";

/** Where the converter puts what it makes. A file is there only after `close`. */
export interface ModelSink {
  create(path: string): Promise<SinkFile>;
  /** Size of a file that is there whole; `undefined` when there is none. */
  sizeOf(path: string): Promise<Bytes | undefined>;
  /** A host's own SHA-256, where it is faster than one in WebAssembly. */
  startSha256?(): Sha256;
}

/** A hash that is still being added to. */
export interface Sha256 {
  update(bytes: Uint8Array): unknown;
  digest(encoding: "hex"): string;
}

/** Ends with `close`, or with `abort`. */
export interface SinkFile {
  /**
   * May resolve before the bytes are written, which must stay as they are until the file ends: then what failed is
   * told by the next call.
   */
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
  /** Closes the file and removes what was written of it. Does nothing after `close`, or a second time. */
  abort(): Promise<void>;
}

export interface ExternalPlace {
  /** Base name: ONNX looks beside the model file. */
  readonly file: string;
  readonly offset: Bytes;
  readonly length: Bytes;
}

/** Turns the rows of a matrix into the tensors of one group, piece by piece. */
export interface RowPacker {
  /** The next rows, row-major; gives the bytes that go on the group's first tensor. */
  pack(values: Float32Array, rows: number): Uint8Array;
  /** The group's last tensors, whole; all of them where `pack` gave nothing. */
  finish(): readonly Uint8Array[];
}

/** How the bytes of a group of tensors come to be. */
export type Production =
  | { readonly kind: "bytes"; produce(): Promise<readonly Uint8Array[]> }
  | {
      readonly kind: "rows";
      readonly matrix: MatrixSource;
      readonly first: number;
      readonly count: number;
      /** True when the reference pass brings the rows along as it multiplies with them. */
      readonly isFed: boolean;
      /** @param energies Mean square of each column's activations, where they are known. */
      start(energies: Float32Array | undefined): RowPacker;
    };

export type RowsProduction = Extract<Production, { readonly kind: "rows" }>;

/** Tensors made together, which lie in one file. */
export interface PlannedGroup {
  readonly places: readonly ExternalPlace[];
  readonly production: Production;
}

export interface PlannedFile {
  /** Relative to the model's folder. */
  readonly path: string;
  readonly size: Bytes;
  readonly groups: readonly PlannedGroup[];
}

/** Below Chromium's 2 GB for one buffer, and a bearable loss when a download breaks. */
const MAX_EXTERNAL_FILE: Bytes = 512 * 1024 * 1024;

/** ONNX Runtime maps a tensor into memory only when it starts on a page. */
const ALIGNMENT: Bytes = 4096;

const aligned = (offset: Bytes) => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

/** Bytes a group takes in a file of its own. */
function sizeOfGroup(lengths: readonly Bytes[]): Bytes {
  return lengths.reduce((size, length) => aligned(size) + length, 0);
}

/** A range of rows or columns. */
export interface Range {
  readonly first: number;
  readonly count: number;
}

/** Lays tensors out one after the other, starting a new file where the next group would not fit. */
export class ExternalData {
  readonly #folder: string;
  readonly #base: string;
  readonly #limit: Bytes;
  readonly #files: { path: string; size: Bytes; groups: PlannedGroup[] }[] = [];

  /** @param base Name of the model file, e.g. `model_q4.onnx`: transformers.js wants `<base>_data`, `<base>_data_1`... */
  constructor(folder: string, base: string, limit: Bytes = MAX_EXTERNAL_FILE) {
    this.#folder = folder;
    this.#base = base;
    this.#limit = limit;
  }

  get files(): readonly PlannedFile[] {
    return this.#files;
  }

  /** Whether tensors of these lengths can lie in one file. */
  fits(lengths: readonly Bytes[]): boolean {
    return sizeOfGroup(lengths) <= this.#limit;
  }

  /** Places tensors of these lengths; their bytes are made when the file is written. */
  add(lengths: readonly Bytes[], production: Production): readonly ExternalPlace[] {
    const size = sizeOfGroup(lengths);
    if (!this.fits(lengths)) {
      throw new Error(`${size} bytes that belong together are more than a file's ${this.#limit}`);
    }
    const file = this.#fileFor(size);
    const places = lengths.map((length) => {
      const offset = aligned(file.size);
      file.size = offset + length;
      return { file: file.path.slice(this.#folder.length + 1), offset, length };
    });
    file.groups.push({ places, production });
    return places;
  }

  /**
   * The fewest equal parts of something `count` long that each fit into a file.
   * @param lengthsOf Lengths of the tensors of a part.
   */
  split(count: number, lengthsOf: (count: number) => readonly Bytes[]): readonly Range[] {
    let parts = 1;
    while (parts < count && !this.fits(lengthsOf(Math.ceil(count / parts)))) {
      parts += 1;
    }
    const step = Math.ceil(count / parts);
    return Array.from({ length: Math.ceil(count / step) }, (_, index) => ({
      first: index * step,
      count: Math.min(step, count - index * step),
    }));
  }

  #fileFor(size: Bytes) {
    const last = this.#files.at(-1);
    if (last !== undefined && aligned(last.size) + size <= this.#limit) {
      return last;
    }
    const number = this.#files.length;
    const file = {
      path: `${this.#folder}/${this.#base}_data${number === 0 ? "" : `_${number}`}`,
      size: 0,
      groups: [],
    };
    this.#files.push(file);
    return file;
  }
}
