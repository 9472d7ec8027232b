/** Text that arrives by drop or paste, anywhere on the page. */
import { viewStore } from "../state/view-state.ts";
import { replaceSource, workspaceStore } from "../state/workspace.ts";
import { takeCandidatesText } from "./candidates.ts";
import { leaveShownExample } from "./edit-text.ts";
import { cutAtSteps } from "./keep-steps.ts";
import { parseIntake } from "./parse-intake.ts";

/** More than any chain a model's context holds; a bigger file is not one, and would only hang the page. */
export const MAX_FILE_BYTES = 4_000_000;

export type TakeOutcome = "taken" | "empty" | "too-large" | "unreadable";

export function takeText(text: string): TakeOutcome {
  if (text.trim() === "") {
    return "empty";
  }
  if (viewStore.getState().cover === "candidates") {
    takeCandidatesText(text);
    return "taken";
  }
  const { problem, chain, given } = parseIntake(text);
  workspaceStore.setState((state) => {
    // An example's problem and its rule do not belong to a chain from elsewhere.
    const kept = state.example === undefined ? state.problem : "";
    const cut = given === undefined ? { chain, ...state.ownCut } : cutAtSteps(given, state.ownCut);
    return replaceSource(state, { problem: problem ?? kept, ...cut });
  }, true);
  leaveShownExample();
  viewStore.setState({ cover: undefined });
  return "taken";
}

export async function takeFile(file: File): Promise<TakeOutcome> {
  if (file.size > MAX_FILE_BYTES) {
    return "too-large";
  }
  try {
    return takeText(await file.text());
  } catch {
    return "unreadable";
  }
}
