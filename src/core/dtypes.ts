import * as v from "valibot";

/**
 * How a converted model's weights are stored. The converter has a scheme for each; names are transformers.js's.
 * `hasFloat16` activations need a GPU with the `shader-f16` feature.
 */
export const DTYPES = [
  { id: "q4", label: "4-bit weights", hasFloat16: false },
  { id: "q8", label: "8-bit weights", hasFloat16: false },
  { id: "q4f16", label: "4-bit weights, 16-bit activations", hasFloat16: true },
  { id: "fp16", label: "16-bit floats", hasFloat16: true },
  { id: "fp32", label: "32-bit floats", hasFloat16: false },
] as const;

export type DtypeId = (typeof DTYPES)[number]["id"];

/** The same, in what comes from outside. */
export const Dtype = v.picklist(DTYPES.map(({ id }) => id));

/** Whether a dtype's activations have 16 bits. */
export function hasFloat16(dtype: DtypeId): boolean {
  return DTYPES.some((known) => known.id === dtype && known.hasFloat16);
}
