import type { DecoderPlan, Llama3Rope } from "./architectures/architecture.ts";

/**
 * Inverse frequencies of rotary position embeddings, `[headSize / 2]`, in float64.
 * Llama 3's scaling as in its reference code: long wavelengths are stretched, short ones kept, those between
 * interpolated.
 */
function inverseFrequencies({
  headSize,
  ropeTheta,
  ropeScaling,
}: Pick<DecoderPlan, "headSize" | "ropeTheta" | "ropeScaling">): Float64Array {
  const frequencies = Float64Array.from(
    { length: headSize / 2 },
    (_, index) => ropeTheta ** ((-2 * index) / headSize),
  );
  return ropeScaling === undefined
    ? frequencies
    : frequencies.map((frequency) => scaleFrequency(frequency, ropeScaling));
}

function scaleFrequency(frequency: number, scaling: Llama3Rope): number {
  const { factor, lowFrequencyFactor, highFrequencyFactor, originalMaxPositions } = scaling;
  const wavelength = (2 * Math.PI) / frequency;
  if (wavelength < originalMaxPositions / highFrequencyFactor) {
    return frequency;
  }
  if (wavelength > originalMaxPositions / lowFrequencyFactor) {
    return frequency / factor;
  }
  const smooth =
    (originalMaxPositions / wavelength - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
  return ((1 - smooth) * frequency) / factor + smooth * frequency;
}

/** Cosines and sines, each `[positions, headSize / 2]`, as GroupQueryAttention takes them. */
export function ropeTables(
  plan: Pick<DecoderPlan, "headSize" | "ropeTheta" | "ropeScaling">,
  positions: number,
): { readonly cos: Float32Array; readonly sin: Float32Array } {
  // PyTorch keeps the inverse frequencies and the angles in float32; so do these tables.
  const frequencies = Float32Array.from(inverseFrequencies(plan));
  const width = frequencies.length;
  const cos = new Float32Array(positions * width);
  const sin = new Float32Array(positions * width);
  for (let position = 0; position < positions; position += 1) {
    for (let index = 0; index < width; index += 1) {
      const angle = Math.fround(position * (frequencies[index] ?? 0));
      cos[position * width + index] = Math.cos(angle);
      sin[position * width + index] = Math.sin(angle);
    }
  }
  return { cos, sin };
}
