import { isOfOtherModel, type Run } from "../state/runs.ts";
import { isSameSource, useWorkspace } from "../state/workspace.ts";
import { useAsked } from "./use-asked.ts";

/**
 * What has changed since a run: the text in the fields, or the model in use. Examples were scored by another model
 * to begin with, and say so.
 */
export function useStale(run: Run | undefined): "text" | "model" | undefined {
  const hasOtherText = useWorkspace((workspace) => run !== undefined && !isSameSource(workspace, run.source));
  const asked = useAsked();
  const hasOtherModel = run !== undefined && run.example === undefined && isOfOtherModel(run, asked);
  return hasOtherText ? "text" : hasOtherModel ? "model" : undefined;
}
