export interface SpeedOptions {
  /** Repetitions of each measurement; those that take long have fewer. */
  readonly runs: number;
  /** Lengths of chains, in tokens, the problem included. */
  readonly lengths: readonly number[];
  readonly threads: number;
  /** Whether PyTorch is measured beside. */
  readonly hasPeer: boolean;
  /** Where the numbers go as JSON. */
  readonly out: string | undefined;
}
