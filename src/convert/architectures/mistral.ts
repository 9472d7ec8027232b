import { type Architecture, commonPlan } from "./architecture.ts";

/** Mistral 7B: a Llama whose first version attends to a sliding window. */
export const mistral = {
  id: "mistral",
  plan: (config) => ({
    ...commonPlan(config),
    modelType: "mistral",
    hasQkvBias: false,
    ...(config.sliding_window == null ? {} : { slidingWindow: config.sliding_window }),
  }),
} as const satisfies Architecture;
