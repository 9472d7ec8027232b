/**
 * Part of the mean energy that every column counts at least: a canary of some hundred tokens does not say that
 * a column it hardly uses is never used.
 */
const LEAST_ENERGY = 0.1;

/**
 * What an error in each column adds to the error of the layer's outputs, above 0.
 * @param energies Mean square of each column's activations.
 */
export function importanceOf(energies: Float32Array): Float32Array {
  const mean = energies.reduce((sum, energy) => sum + energy, 0) / energies.length;
  // Where nothing is known of any column, all count alike.
  return mean > 0 ? energies.map((energy) => energy + LEAST_ENERGY * mean) : energies.map(() => 1);
}
