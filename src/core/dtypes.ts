/** How a converted model's weights are stored. The converter has a scheme for each; names are transformers.js's. */
export const DTYPES = [
  { id: "q4", label: "4-bit weights", note: "smallest; the one to start with" },
  { id: "q8", label: "8-bit weights", note: "closer to the original, about twice the size" },
  { id: "q4f16", label: "4-bit weights, 16-bit activations", note: "for GPUs with 16-bit shaders" },
  { id: "fp16", label: "16-bit floats", note: "for GPUs with 16-bit shaders" },
  { id: "fp32", label: "32-bit floats", note: "the original's numbers; for small models" },
] as const;

export type DtypeId = (typeof DTYPES)[number]["id"];
