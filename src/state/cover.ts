/**
 * Pages that lie over the run: scored examples, the records that were read, many chains of a problem, the models this
 * browser can use, two runs. Their names stand in the address.
 */
export const COVERS = ["examples", "records", "candidates", "models", "compare"] as const;

export type Cover = (typeof COVERS)[number];
