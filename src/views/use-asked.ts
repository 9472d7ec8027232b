import { useMemo } from "react";
import { useEngine } from "../state/engine-status.ts";
import { modelKey, useModelChoice } from "../state/model-choice.ts";
import { variantOf } from "../state/runs.ts";
import type { Asked } from "../state/shelf.ts";

/** The model that would score now. */
export function useAsked(): Asked {
  const key = useModelChoice(modelKey);
  const digest = useEngine((engine) => (engine.kind === "ready" ? engine.model.digest : undefined));
  const variant = useEngine((engine) => (engine.kind === "ready" ? variantOf(engine.model) : undefined));
  return useMemo(() => ({ modelKey: key, digest, variant }), [key, digest, variant]);
}
