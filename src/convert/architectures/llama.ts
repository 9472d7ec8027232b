import { AppError } from "../../core/errors.ts";
import { type Architecture, commonPlan } from "./architecture.ts";

/** Llama 2 and 3, with Llama 3's rope scaling. */
export const llama = {
  id: "llama",
  plan: (config) => {
    if (config.attention_bias === true) {
      throw new AppError("unsupported-model", "a Llama with attention biases is not supported");
    }
    return { ...commonPlan(config), modelType: "llama", hasQkvBias: false };
  },
} as const satisfies Architecture;
