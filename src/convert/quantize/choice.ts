/** How one matrix is stored in blocks: what a scheme leaves open until the matrix is measured. */
import * as v from "valibot";

export const ChoiceSchema = v.object({
  bits: v.picklist([4, 8]),
  /**
   * `asymmetric` has a zero point for each block, `symmetric` the middle level for all; `plain` is asymmetric too,
   * with scales as wide as the block where those of the others are fitted to activations.
   */
  rounding: v.picklist(["asymmetric", "symmetric", "plain"]),
});

export type Choice = v.InferOutput<typeof ChoiceSchema>;

/** By the matrix's name in the checkpoint. */
export type Choices = ReadonlyMap<string, Choice>;

/** How many matrices are stored in which way, by the way's name. */
export function countChoices(choices: Choices): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { bits, rounding } of choices.values()) {
    const name = `${bits}-bit ${rounding}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort());
}
