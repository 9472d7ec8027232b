/**
 * The inner loops of block quantization in WebAssembly, four weights at a time (block-kernel.wat): several times as
 * fast as the same in JavaScript, and converting is little else.
 */
import { BLOCK_KERNEL } from "./block-kernel.wasm.ts";

/** What is used of the host's own: the types of Node have none. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** See block-kernel.wat. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  fit(
    values: number,
    rows: number,
    blocks: number,
    block: number,
    importance: number,
    top: number,
    isSymmetric: number,
    scales: number,
    zeros: number,
  ): void;
  write(
    values: number,
    blocks: number,
    block: number,
    top: number,
    scales: number,
    zeros: number,
    out: number,
  ): void;
}

/** What is worked on at once stays in a processor's second cache. */
const STAGE_VALUES = 64 * 1024;
const PAGE_BYTES = 65_536;
const FLOAT_BYTES = 4;

/** One for a thread; the memory only grows. */
let loaded: Exports | undefined;

function load(): Exports {
  const bytes = Uint8Array.from(atob(BLOCK_KERNEL), (letter) => letter.charCodeAt(0));
  // The compiler cannot look into a module.
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
}

export interface BlockForm {
  readonly columns: number;
  /** Weights that share a scale; a multiple of 16. */
  readonly block: number;
  /** 15 or 255; with 15 two levels lie in a byte. */
  readonly top: number;
  readonly isSymmetric: boolean;
  /** `[columns]`: how much an error in each counts. */
  readonly importance: Float32Array | undefined;
}

/** Rows that were quantized, for as long as nothing else is: views of the kernel's memory. */
export interface QuantizedRows {
  /** `[rows, blocks * block * bits / 8]` */
  readonly levels: Uint8Array;
  /** `[rows, blocks]` */
  readonly scales: Float32Array;
  /** `[rows, blocks]`, one in a byte. */
  readonly zeros: Uint8Array;
}

/**
 * Quantizes rows, some at a time.
 * @param values `[rows, columns]` row-major.
 * @param adjust Told the scales before levels follow from them; may change them in place.
 */
export function* quantizeRows(
  values: Float32Array,
  rows: number,
  { columns, block, top, isSymmetric, importance }: BlockForm,
  adjust: (scales: Float32Array) => void,
): Generator<QuantizedRows & { readonly first: number }> {
  const blocks = Math.ceil(columns / block);
  const width = blocks * block;
  const most = Math.min(rows, Math.max(1, Math.floor(STAGE_VALUES / width)));
  const at = layOut([
    width * FLOAT_BYTES,
    most * width * FLOAT_BYTES,
    most * blocks * FLOAT_BYTES,
    most * blocks,
    most * width,
  ]);
  loaded ??= load();
  const kernel = loaded;
  const [weightsAt = 0, valuesAt = 0, scalesAt = 0, zerosAt = 0, levelsAt = 0, end = 0] = at;
  const missing = end - kernel.memory.buffer.byteLength;
  if (missing > 0) {
    kernel.memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
  const { buffer } = kernel.memory;
  const weights = new Float32Array(buffer, weightsAt, width);
  const staged = new Float32Array(buffer, valuesAt, most * width);
  const levelBytes = top > 15 ? width : width / 2;
  // A row's last block may be cut off: zeros pad it, and count for nothing.
  weights.fill(0).set(importance ?? []);
  if (width > columns) {
    staged.fill(0);
  }
  for (let first = 0; first < rows; first += most) {
    const count = Math.min(most, rows - first);
    if (width === columns) {
      staged.set(values.subarray(first * columns, (first + count) * columns));
    } else {
      for (let row = 0; row < count; row += 1) {
        const from = (first + row) * columns;
        staged.set(values.subarray(from, from + columns), row * width);
      }
    }
    const scales = new Float32Array(buffer, scalesAt, count * blocks);
    const weighted = importance === undefined ? 0 : weightsAt;
    kernel.fit(valuesAt, count, blocks, block, weighted, top, Number(isSymmetric), scalesAt, zerosAt);
    adjust(scales);
    kernel.write(valuesAt, count * blocks, block, top, scalesAt, zerosAt, levelsAt);
    yield {
      first,
      levels: new Uint8Array(buffer, levelsAt, count * levelBytes),
      scales,
      zeros: new Uint8Array(buffer, zerosAt, count * blocks),
    };
  }
}

/** Places for arrays of these sizes behind one another, each whole vectors, and the end of the last; none at 0. */
function layOut(sizes: readonly number[]): readonly number[] {
  const places = [VECTOR_BYTES];
  for (const size of sizes) {
    places.push((places.at(-1) ?? 0) + Math.ceil(size / VECTOR_BYTES) * VECTOR_BYTES);
  }
  return places;
}

const VECTOR_BYTES = 16;
