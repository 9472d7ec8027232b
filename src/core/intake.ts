/** The contract of reading: files in, records of chains out. The page holds a proxy of it over a worker's port. */
import type { ChainRecord } from "./chain-record.ts";
import type { CallContext } from "./scorer.ts";
import type { Bytes } from "./units.ts";

/** Why a row of a file gave no record. */
export interface RowProblem {
  /** 1-based place of the row in its file; absent when it is the file that could not be read to its end. */
  readonly row?: number;
  /** Goes on after "row 17: ", e.g. `its "steps" is not a list`. */
  readonly message: string;
}

/** What was found in one file. */
export interface FileReport {
  readonly name: string;
  /** A format's id; `text` when the whole file is one chain. */
  readonly format: string;
  /** For people, e.g. "ProcessBench". */
  readonly label: string;
  readonly recordCount: number;
  /** The first of the problems, in the rows' order. */
  readonly problems: readonly RowProblem[];
  /** How many there are, listed or not. */
  readonly problemCount: number;
}

export interface IntakeRequest {
  readonly files: readonly File[];
  /** Reads every file in this format, whatever it looks like. */
  readonly format?: string;
}

/** Sent as records are read, in order; each message is small enough for the page to take between two frames. */
export interface IntakeProgress {
  readonly records: readonly ChainRecord[];
  readonly bytesDone: Bytes;
  readonly bytesTotal: Bytes;
}

export interface Intake {
  /**
   * Reads files one after the other. Rows that cannot be read are reported; the rest is kept.
   * @throws AppError `bad-input` when a file is no text and no known container, or too large; `cancelled`
   */
  read(request: IntakeRequest, ctx: CallContext<IntakeProgress>): Promise<readonly FileReport[]>;
}
