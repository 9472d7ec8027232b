import type { Bytes } from "../../core/units.ts";

/** What a container gives for each of its rows. */
export interface ContainerRow {
  readonly value: unknown;
  /** Set instead of a value: why there is none. */
  readonly problem?: string;
  /** The model that wrote the chain, when the container names it. */
  readonly generator?: string | undefined;
  /** How far in the file. */
  readonly bytesDone: Bytes;
}
