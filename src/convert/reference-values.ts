/**
 * Activations of the reference pass and what is done to each of them. Plain loops: a function called for every
 * number allocates one.
 */

/** Activations `[width, tokens]`: the values of one feature lie together. */
export interface Features {
  readonly width: number;
  readonly values: Float32Array;
}

/** `a b`: a is `[n, k]`, b is `[k, t]`, the result `[n, t]`, all row-major float32. */
export type Multiply = (a: Float32Array, b: Float32Array, k: number) => Promise<Float32Array>;

export function add(a: Float32Array, b: Float32Array): Float32Array {
  const sum = new Float32Array(a.length);
  for (let at = 0; at < a.length; at += 1) {
    sum[at] = (a[at] as number) + (b[at] as number);
  }
  return sum;
}

/** Each token's features divided by their root mean square, times the feature's scale. */
export function rootMeanSquareNorm(values: Float32Array, scale: Float32Array, epsilon: number): Float32Array {
  const width = scale.length;
  const tokens = values.length / width;
  const factors = new Float64Array(tokens);
  for (let feature = 0; feature < width; feature += 1) {
    for (let token = 0; token < tokens; token += 1) {
      const value = values[feature * tokens + token] as number;
      factors[token] = (factors[token] as number) + value * value;
    }
  }
  for (let token = 0; token < tokens; token += 1) {
    factors[token] = 1 / Math.sqrt((factors[token] as number) / width + epsilon);
  }
  const normed = new Float32Array(values.length);
  for (let feature = 0; feature < width; feature += 1) {
    const factor = scale[feature] as number;
    for (let token = 0; token < tokens; token += 1) {
      const at = feature * tokens + token;
      normed[at] = (values[at] as number) * (factors[token] as number) * factor;
    }
  }
  return normed;
}

/** `values` times the sigmoid-weighted `gate`. */
export function gatedBySilu(values: Float32Array, gate: Float32Array): Float32Array {
  const gated = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const open = gate[at] as number;
    gated[at] = (open / (1 + Math.exp(-open))) * (values[at] as number);
  }
  return gated;
}

/** Mean square of each feature over the tokens. */
export function energiesOf({ width, values }: Features): Float32Array {
  const tokens = values.length / width;
  const energies = new Float32Array(width);
  for (let feature = 0; feature < width; feature += 1) {
    let sum = 0;
    for (let token = 0; token < tokens; token += 1) {
      const value = values[feature * tokens + token] as number;
      sum += value * value;
    }
    energies[feature] = sum / tokens;
  }
  return energies;
}
