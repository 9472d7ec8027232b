import { assertDefined } from "../../core/assert.ts";
import type { DtypeId } from "../../core/dtypes.ts";
import { blockScheme } from "./block-scheme.ts";
import { floatScheme } from "./float-scheme.ts";
import type { Scheme } from "./scheme.ts";

/** Every dtype the converter writes. File name suffixes are transformers.js's. */
export const SCHEMES = [
  floatScheme({ id: "fp32", label: "32-bit float", activations: "float", suffix: "" }),
  floatScheme({ id: "fp16", label: "16-bit float", activations: "float16", suffix: "_fp16" }),
  blockScheme({ id: "q8", label: "8-bit weights", activations: "float", suffix: "_quantized", bits: 8 }),
  blockScheme({ id: "q4", label: "4-bit weights", activations: "float", suffix: "_q4", bits: 4 }),
  blockScheme({
    id: "q4f16",
    label: "4-bit weights, 16-bit activations",
    activations: "float16",
    suffix: "_q4f16",
    bits: 4,
  }),
] as const satisfies readonly Scheme[];

export function schemeById(id: DtypeId): Scheme {
  return assertDefined(
    SCHEMES.find((known) => known.id === id),
    `scheme of ${id}`,
  );
}
