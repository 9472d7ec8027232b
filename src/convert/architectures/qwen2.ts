import { type Architecture, commonPlan } from "./architecture.ts";

/** Qwen2 and Qwen2.5: query, key and value projections have biases. */
export const qwen2 = {
  id: "qwen2",
  plan: (config) => ({
    ...commonPlan(config),
    modelType: "qwen2",
    hasQkvBias: true,
    ...(config.use_sliding_window === true && config.sliding_window != null
      ? { slidingWindow: config.sliding_window }
      : {}),
  }),
} as const satisfies Architecture;
