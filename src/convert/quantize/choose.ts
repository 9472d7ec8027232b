/**
 * Which way a matrix is stored in, by measurement: zero points of its own for each block or none, and, where the
 * dtype has 4 bits, 8 for the worst. One matrix after the other, as the conversion comes to them.
 */
import { EIGHT_BIT_BUDGET } from "../../core/eight-bit-budget.ts";
import type { Bytes } from "../../core/units.ts";
import type { MatrixSource } from "../matrix-source.ts";
import type { Features, Multiply } from "../reference-values.ts";
import { blockLengths } from "./block-layout.ts";
import type { Choice, Choices } from "./choice.ts";
import type { FloatElement } from "./encode.ts";
import { startTrial, type Trial } from "./trial.ts";

/** A few rows measure errors to some percent: the way that is better as a rule is left for one that is clearly so. */
const CLEARLY_BETTER = 0.9;

/**
 * Error, squared, that a matrix of average size must have in 4 bits to get 8; a smaller one, whose 8 bits cost less,
 * needs as much less.
 */
const WORTH_EIGHT_BITS = 0.015;

/** How a scheme stores its matrices in blocks. */
export interface BlockStorage {
  /** As most matrices are stored. */
  readonly usual: Choice;
  readonly scales: FloatElement;
}

export interface ChooseRequest {
  readonly storage: BlockStorage;
  /** All matrices that have to be stored, in the order in which they are chosen for. */
  readonly matrices: readonly MatrixSource[];
  /** Among how many layers the matrices are shared out evenly. */
  readonly layers: number;
  /** What was chosen for those before. */
  readonly choices: Choices;
  /** Whether tensors of these lengths can lie together in one file. */
  fitsFile(lengths: readonly Bytes[]): boolean;
}

/**
 * @param input What the matrix is multiplied with.
 * @returns The usual choice itself, or another.
 */
export async function choose(
  request: ChooseRequest,
  matrix: MatrixSource,
  input: Features,
  multiply: Multiply,
): Promise<Choice> {
  const { usual, scales } = request.storage;
  const trial = await startTrial(matrix, input, multiply, { hasHalfScales: scales === "float16" });
  const best = await chooseRounding(trial, usual);
  if (usual.bits === 8 || !isWorthEightBits(request, matrix, best.error)) {
    return best.choice;
  }
  const precise = await chooseRounding(trial, { ...usual, bits: 8 });
  return precise.error < best.error ? precise.choice : best.choice;
}

interface Measured {
  readonly choice: Choice;
  readonly error: number;
}

async function chooseRounding(trial: Trial, usual: Choice): Promise<Measured> {
  const other: Choice = { bits: usual.bits, rounding: "symmetric" };
  const [error = Number.NaN, otherError = Number.NaN] = await trial([usual, other]);
  return otherError < CLEARLY_BETTER * error
    ? { choice: other, error: otherError }
    : { choice: usual, error };
}

function isWorthEightBits(request: ChooseRequest, matrix: MatrixSource, error: number): boolean {
  const { storage, matrices, layers, choices, fitsFile } = request;
  const sizeOf = (one: MatrixSource, bits: Choice["bits"]) => sum(blockLengths(one, bits, storage.scales));
  const surplusOf = (one: MatrixSource) => sizeOf(one, 8) - sizeOf(one, 4);
  const plain = sum(matrices.map((one) => sizeOf(one, 4)));
  const spent = sum(matrices.filter(({ tensor }) => choices.get(tensor)?.bits === 8).map(surplusOf));
  // A layer may take what is left by those before it, and nothing that is meant for those behind it.
  const layer = Math.floor(
    (matrices.findIndex(({ tensor }) => tensor === matrix.tensor) * layers) / matrices.length,
  );
  const budget = (EIGHT_BIT_BUDGET * plain * (layer + 1)) / layers;
  const relativeSize = sizeOf(matrix, 4) / (plain / matrices.length);
  return (
    error ** 2 >= WORTH_EIGHT_BITS * relativeSize &&
    spent + surplusOf(matrix) <= budget &&
    // Cut in parts it could begin in a file that was finished before it was chosen.
    fitsFile(blockLengths(matrix, 8, storage.scales))
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
