import { answerOf } from "../../core/answers/extract-answer.ts";
import { placeOf, useCandidates } from "../../state/candidates.ts";
import type { Run } from "../../state/runs.ts";
import { candidateTitle, runTitle } from "./run-words.ts";

/** A candidate goes by its number: the problem is the same for all of them. */
export function useRunTitle(run: Run): string {
  const place = useCandidates(({ all }) => placeOf(all, run));
  return place === undefined ? runTitle(run) : candidateTitle(place, answerOf(run.trace)?.text);
}
