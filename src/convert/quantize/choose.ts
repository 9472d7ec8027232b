/**
 * Which way a matrix is stored in, by measurement: zero points of its own for each block or none, and, where the
 * dtype has 4 bits, 8 for the worst. One matrix after the other, as the conversion comes to them. Value projections
 * have 8 bits before all others, whatever is measured: what they are off by goes through attention to every token,
 * and rewards suffer more from it than the error of their own outputs tells.
 */
import { EIGHT_BIT_BUDGET } from "../../core/eight-bit-budget.ts";
import type { Bytes } from "../../core/units.ts";
import type { MatrixSource } from "../matrix-source.ts";
import type { Features, Multiply } from "../reference-values.ts";
import { blockLengths } from "./block-layout.ts";
import type { Choice, Choices } from "./choice.ts";
import type { FloatElement } from "./encode.ts";
import { startTrial, type Trial } from "./trial.ts";

/**
 * A few rows measure errors to some percent, and a matrix whose error is an eighth smaller may still make rewards
 * worse: the way that is better as a rule is left for one that is clearly so.
 */
const CLEARLY_BETTER = 0.8;

/**
 * Error, squared, that a matrix of average size must have in 4 bits to get 8; a smaller one, whose 8 bits cost less,
 * needs as much less. Of a trained model's matrices that are no value projections none should reach it without
 * outliers: the worst of one of 135 M weights comes to 0.022, its values to 0.04 at least and 0.15 at most.
 */
const WORTH_EIGHT_BITS = 0.03;

/** How a scheme stores its matrices in blocks. */
export interface BlockStorage {
  /** As most matrices are stored. */
  readonly usual: Choice;
  readonly scales: FloatElement;
}

/** The matrix of a linear layer. */
export interface Linear {
  readonly matrix: MatrixSource;
  /** Whether it projects to the values of attention. */
  readonly isValues: boolean;
}

export interface ChooseRequest {
  readonly storage: BlockStorage;
  /** All that have to be stored, in the order in which they are chosen for. */
  readonly linears: readonly Linear[];
  /** Among how many layers the matrices are shared out evenly. */
  readonly layers: number;
  /** What was chosen for those before. */
  readonly choices: Choices;
  /** Whether tensors of these lengths can lie together in one file. */
  fitsFile(lengths: readonly Bytes[]): boolean;
}

/**
 * @param linear One of the request's.
 * @param input What the matrix is multiplied with.
 * @returns The usual choice itself, or another.
 */
export async function choose(
  request: ChooseRequest,
  linear: Linear,
  input: Features,
  multiply: Multiply,
): Promise<Choice> {
  const { usual, scales } = request.storage;
  const trial = await startTrial(linear.matrix, input, multiply, { hasHalfScales: scales === "float16" });
  const canHaveEightBits = usual.bits === 4 && hasRoom(request, linear);
  if (canHaveEightBits && linear.isValues) {
    return (await chooseRounding(trial, { ...usual, bits: 8 })).choice;
  }
  const best = await chooseRounding(trial, usual);
  if (!canHaveEightBits || !isWorthEightBits(request, linear, best.error)) {
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

function isWorthEightBits({ storage, linears }: ChooseRequest, linear: Linear, error: number): boolean {
  const sizeOf = (one: Linear) => sizeIn(4, storage, one);
  const relativeSize = sizeOf(linear) / (sum(linears.map(sizeOf)) / linears.length);
  return error ** 2 >= WORTH_EIGHT_BITS * relativeSize;
}

/** Whether the budget and the file have room for a matrix in 8 bits. */
function hasRoom({ storage, linears, layers, choices, fitsFile }: ChooseRequest, linear: Linear): boolean {
  const surplusOf = (one: Linear) => sizeIn(8, storage, one) - sizeIn(4, storage, one);
  // A layer may take what is left by those before it, and nothing that is meant for those behind it.
  const perLayer = linears.length / layers;
  const layer = Math.floor(linears.indexOf(linear) / perLayer);
  const plain = sum(linears.map((one) => sizeIn(4, storage, one)));
  const budget = (EIGHT_BIT_BUDGET * plain * (layer + 1)) / layers;
  const spent = linears.filter(({ matrix }) => choices.get(matrix.tensor)?.bits === 8);
  // Queries and keys come before the values of their layer, which must find room.
  const claims = linears
    .slice(0, (layer + 1) * perLayer)
    .filter(({ matrix, isValues }) => isValues && !choices.has(matrix.tensor));
  const precise = new Set([...spent, ...claims, linear]);
  return (
    sum([...precise].map(surplusOf)) <= budget &&
    // Cut in parts it could begin in a file that was finished before it was chosen.
    fitsFile(blockLengths(linear.matrix, 8, storage.scales))
  );
}

function sizeIn(bits: Choice["bits"], { scales }: BlockStorage, { matrix }: Linear): Bytes {
  return sum(blockLengths(matrix, bits, scales));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
