/** A matrix of a checkpoint, read in pieces: neither a matrix nor its float32 is ever in memory as a whole. */
import { assertDefined } from "../core/assert.ts";
import { throwIfAborted } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { DTYPE_BYTES, decodeInto } from "./dtype.ts";

/** Whole rows of a matrix. `values` is used again for the next piece. */
export interface Piece {
  readonly first: number;
  readonly count: number;
  /** `[count, columns]`, row-major. */
  readonly values: Float32Array;
}

/** `[rows, columns]` */
export interface MatrixSource {
  /** The tensor's name in the checkpoint. */
  readonly tensor: string;
  /** The file it is in. */
  readonly file: string;
  readonly rows: number;
  readonly columns: number;
  /** A few rows, row-major float32. */
  read(first: number, count: number): Promise<Float32Array>;
  /** Many rows, in order. */
  pieces(first: number, count: number): AsyncIterable<Piece>;
}

/**
 * Values decoded at once, 16 MB of float32: matrix products of less are slower by a third, and everything made of a
 * piece is that much smaller than a matrix.
 */
const PIECE_VALUES = 4 * 1024 * 1024;

/** Bytes asked for at once. Smaller reads cost more calls; larger ones are held twice, as the next is under way. */
const READ_BYTES: Bytes = 16 * 1024 * 1024;

/** Memory for the pieces of one stream after the other. */
export class PieceMemory {
  #free: Float32Array | undefined;

  /** At least `length` long, and nobody else's until it is given back. */
  take(length: number): Float32Array {
    const free = this.#free;
    this.#free = undefined;
    return free !== undefined && free.length >= length ? free : new Float32Array(length);
  }

  giveBack(memory: Float32Array): void {
    this.#free = memory;
  }
}

/**
 * Rows of a tensor in pieces; the next bytes are read while the last ones are worked on.
 * @throws AppError `malformed-file` | `cancelled`
 */
export async function* streamRows(
  checkpoint: Checkpoint,
  { tensor, columns, first, count }: Pick<MatrixSource, "tensor" | "columns"> & Omit<Piece, "values">,
  memory: PieceMemory,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  const { dtype } = assertDefined(checkpoint.tensors.get(tensor), tensor);
  const rowBytes = columns * DTYPE_BYTES[dtype];
  const readRows = Math.max(1, Math.min(count, Math.floor(READ_BYTES / rowBytes)));
  const pieceRows = Math.max(1, Math.min(readRows, Math.floor(PIECE_VALUES / columns)));
  const end = first + count;
  const read = (from: number) => checkpoint.readStored(tensor, from, Math.min(readRows, end - from), signal);
  const buffer = memory.take(pieceRows * columns);
  let reading = count > 0 ? read(first) : undefined;
  try {
    for (let from = first; from < end; from += readRows) {
      const stored = await reading;
      reading = from + readRows < end ? read(from + readRows) : undefined;
      // A failure is told where it is awaited, not while a piece is worked on.
      reading?.catch(() => undefined);
      const there = Math.min(readRows, end - from);
      for (let done = 0; done < there && stored !== undefined; done += pieceRows) {
        throwIfAborted(signal);
        const rows = Math.min(pieceRows, there - done);
        const values = buffer.subarray(0, rows * columns);
        decodeInto(values, stored.dtype, stored.bytes.subarray(done * rowBytes, (done + rows) * rowBytes));
        yield { first: from + done, count: rows, values };
      }
    }
  } finally {
    memory.giveBack(buffer);
    // Files are closed when a conversion ends; a read must not be under way then.
    await reading?.catch(() => undefined);
  }
}
