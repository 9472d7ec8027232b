/** What is put in on the page of candidates, and how its results are looked at. */
import { CANDIDATE_SET } from "../gallery/candidate-set.ts";
import { type CandidateSort, candidatesStore, type Draft, editDraft, sortBy } from "../state/candidates.ts";
import { type DistributionView, distributionViewStore } from "../state/distribution-view.ts";
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

/** Fills the fields with a set that can be scored at once. */
export function tryCandidates(): void {
  const { problem, gold, chains } = CANDIDATE_SET;
  changeDraft({ problem, gold, text: chains.join("\n\n---\n\n") });
}

/** Sorts by a column, or the other way when it is sorted by that one. */
export function sortCandidates(sort: CandidateSort): void {
  candidatesStore.setState((state) => sortBy(state, sort), true);
}

/** Shows the candidates of a problem. */
export function showProblem(shownProblem: string): void {
  candidatesStore.setState({ shownProblem });
}

/** Chooses which groups of their numbers are held against each other, and by what. */
export function changeDistributionView(change: Partial<DistributionView>): void {
  distributionViewStore.setState(change);
}
