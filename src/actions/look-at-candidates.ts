/** What is put in on the page of candidates, and how its results are looked at. */
import { type CandidateSort, candidatesStore, type Draft, editDraft, sortBy } from "../state/candidates.ts";
import { workspaceStore } from "../state/workspace.ts";
import { openCover } from "./cover.ts";

/** Shows the page; the problem in the fields is taken over where the page has none. */
export function openCandidates(): void {
  const { draft } = candidatesStore.getState();
  if (draft.problem.trim() === "") {
    changeDraft({ problem: workspaceStore.getState().problem });
  }
  openCover("candidates");
}

/** A person's edit of the page's fields. */
export function changeDraft(change: Partial<Draft>): void {
  candidatesStore.setState((state) => editDraft(state, change), true);
}

/** Sorts by a column, or the other way when it is sorted by that one. */
export function sortCandidates(sort: CandidateSort): void {
  candidatesStore.setState((state) => sortBy(state, sort), true);
}

/** Shows the candidates of a problem. */
export function showProblem(shownProblem: string): void {
  candidatesStore.setState({ shownProblem });
}
