/** Offset into a string, in UTF-16 code units (what `String.prototype.slice` counts). */
export type CharOffset = number;
/** Position of a token in the model's input, 0-based. */
export type TokenIndex = number;
/** Position of a step in its trajectory, 0-based. */
export type StepIndex = number;
/** Duration in milliseconds. */
export type Milliseconds = number;
/** Size in bytes. */
export type Bytes = number;
/** A probability, in [0, 1]. */
export type Probability = number;
