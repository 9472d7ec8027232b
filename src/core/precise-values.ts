/**
 * Which layers get 8 bits where the others get 4. Of all linear layers the value projections have the largest
 * errors in 4 bits, and every head of a group reads the same ones; where heads share their values, they are also
 * small.
 */

/** Largest part of the weights that may take 8 bits: what these take more makes a file at most 5 % larger. */
const MAX_SHARE = 1 / 16;

export interface LayerWidths {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  /** Of the queries of all heads. */
  readonly queryWidth: number;
  /** Of the keys of all heads, and of the values. */
  readonly keyValueWidth: number;
}

/** Whether the value projections of a model are stored in 8 bits in every dtype that has blocks. */
export function keepsValuesPrecise({
  hiddenSize,
  intermediateSize,
  queryWidth,
  keyValueWidth,
}: LayerWidths): boolean {
  const attention = 2 * hiddenSize * (queryWidth + keyValueWidth);
  const feedForward = 3 * hiddenSize * intermediateSize;
  return hiddenSize * keyValueWidth <= MAX_SHARE * (attention + feedForward);
}
