/** The length at which devices and runtimes are compared, in tokens. */
export const COMPARED = 1024;

export interface SpeedOptions {
  /** Repetitions of each measurement; those that take long have fewer. */
  readonly runs: number;
  /** Lengths of chains, in tokens, the problem included; absent: each bench's own. */
  readonly lengths: readonly number[] | undefined;
  /** Few lengths, to try it. */
  readonly isQuick: boolean;
  readonly threads: number;
  /** Whether PyTorch is measured beside. */
  readonly hasPeer: boolean;
  /** Where the numbers go as JSON. */
  readonly out: string | undefined;
}
