/**
 * A few rows of a matrix stored in several ways, and what that makes of the layer's outputs. Scales are fitted to
 * one half of the tokens and errors measured on the other, so that a way is not liked for the tokens it knows.
 */
import type { MatrixSource } from "../matrix-source.ts";
import { energiesOf, type Features, type Multiply } from "../reference-values.ts";
import { BLOCK } from "./block-layout.ts";
import type { Choice } from "./choice.ts";
import { importanceOf } from "./importance.ts";
import { type PackedBlocks, packBlocks } from "./pack-blocks.ts";

/** Rows are read in runs spread over the matrix: heads differ, and reads cost. */
const RUNS = 4;
const RUN_ROWS = 8;

export interface TrialOptions {
  readonly hasHalfScales: boolean;
}

/** Error of each way, relative to the outputs, by tokens. NaN where there are no finite outputs. */
export type Trial = (choices: readonly Choice[]) => Promise<readonly number[]>;

/** @param input What the matrix is multiplied with. */
export async function startTrial(
  matrix: MatrixSource,
  input: Features,
  multiply: Multiply,
  { hasHalfScales }: TrialOptions,
): Promise<Trial> {
  const { columns } = matrix;
  const values = await sampleRows(matrix);
  const rows = values.length / columns;
  const { importance, judged } = halve(input);
  const tokens = judged.length / columns;
  return async (choices) => {
    // The rows themselves, and below them what each way is off by: one product.
    const stacked = new Float32Array((1 + choices.length) * values.length);
    stacked.set(values);
    for (const [index, { bits, rounding }] of choices.entries()) {
      const packed = packBlocks(values, rows, columns, {
        bits,
        block: BLOCK,
        hasHalfScales,
        isSymmetric: rounding === "symmetric",
        ...(rounding === "plain" ? {} : { importance }),
      });
      const errors = stacked.subarray((index + 1) * values.length, (index + 2) * values.length);
      subtractPacked(errors, values, packed, bits, columns);
    }
    const products = await multiply(stacked, judged, columns);
    const size = rows * tokens;
    const outputs = products.subarray(0, size);
    return choices.map((_, index) =>
      relativeError(products.subarray((index + 1) * size, (index + 2) * size), outputs, tokens),
    );
  };
}

async function sampleRows(matrix: MatrixSource): Promise<Float32Array> {
  const { rows, columns } = matrix;
  if (rows <= RUNS * RUN_ROWS) {
    return matrix.read(0, rows);
  }
  const values = new Float32Array(RUNS * RUN_ROWS * columns);
  for (let run = 0; run < RUNS; run += 1) {
    const first = Math.floor((run * (rows - RUN_ROWS)) / (RUNS - 1));
    values.set(await matrix.read(first, RUN_ROWS), run * RUN_ROWS * columns);
  }
  return values;
}

interface Halves {
  /** Of each column, by the half that scales are fitted to. */
  readonly importance: Float32Array;
  /** The other half, `[columns, tokens]`. */
  readonly judged: Float32Array;
}

/** Queries, keys and values are multiplied with the same activations, as are gate and up. */
const halved = new WeakMap<Float32Array, Halves>();

function halve(input: Features): Halves {
  const known = halved.get(input.values);
  if (known !== undefined) {
    return known;
  }
  const importance = importanceOf(energiesOf(everyOtherToken(input, 0)));
  const halves = { importance, judged: everyOtherToken(input, 1).values };
  halved.set(input.values, halves);
  return halves;
}

/** All of them where there is only one. */
function everyOtherToken({ width, values }: Features, first: 0 | 1): Features {
  const tokens = values.length / width;
  if (tokens < 2) {
    return { width, values };
  }
  const kept = Math.ceil((tokens - first) / 2);
  const half = new Float32Array(width * kept);
  for (let feature = 0; feature < width; feature += 1) {
    for (let token = 0; token < kept; token += 1) {
      half[feature * kept + token] = values[feature * tokens + first + 2 * token] as number;
    }
  }
  return { width, values: half };
}

/** Writes `values` minus what was packed of them, `[rows, columns]`. */
function subtractPacked(
  target: Float32Array,
  values: Float32Array,
  { quantized, scales, zeroPoints }: PackedBlocks,
  bits: Choice["bits"],
  columns: number,
): void {
  const blocks = Math.ceil(columns / BLOCK);
  const rows = values.length / columns;
  const zeroBytes = zeroPoints.length / rows;
  const mask = 2 ** bits - 1;
  for (let row = 0; row < rows; row += 1) {
    for (let block = 0; block < blocks; block += 1) {
      const scale = scales[row * blocks + block] as number;
      const byte = zeroPoints[row * zeroBytes + ((block * bits) >> 3)] as number;
      const zero = (byte >> ((block * bits) & 7)) & mask;
      const levels = (row * blocks + block) * BLOCK;
      const first = row * columns + block * BLOCK;
      const count = Math.min(BLOCK, columns - block * BLOCK);
      for (let at = 0; at < count; at += 1) {
        const bit = (levels + at) * bits;
        const level = ((quantized[bit >> 3] as number) >> (bit & 7)) & mask;
        target[first + at] = (values[first + at] as number) - (level - zero) * scale;
      }
    }
  }
}

/** Every token counts alike: one with huge activations would drown out all others. */
function relativeError(errors: Float32Array, outputs: Float32Array, tokens: number): number {
  let sum = 0;
  for (let token = 0; token < tokens; token += 1) {
    let error = 0;
    let whole = 0;
    for (let at = token; at < outputs.length; at += tokens) {
      error += (errors[at] as number) ** 2;
      whole += (outputs[at] as number) ** 2;
    }
    sum += error / whole;
  }
  return Math.sqrt(sum / tokens);
}
