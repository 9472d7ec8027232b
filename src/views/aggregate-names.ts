import type { AggregateId } from "../core/aggregate/index.ts";

/** Where there is little room. */
export const SHORT_NAMES = {
  min: "min",
  product: "product",
  "geometric-mean": "geo mean",
  mean: "mean",
  last: "last",
  reasonflux: "ReasonFlux",
} as const satisfies Record<AggregateId, string>;
