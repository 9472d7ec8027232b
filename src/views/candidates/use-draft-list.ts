import { useDeferredValue, useMemo } from "react";
import { type CandidateList, readCandidates } from "../../actions/read-candidates.ts";
import { useCandidates } from "../../state/candidates.ts";

/** What the page would score: the records that were taken, else what stands in the field. */
export function useDraftList(): CandidateList {
  const taken = useCandidates((state) => state.taken);
  const text = useDeferredValue(useCandidates((state) => state.draft.text));
  return useMemo(
    () => (taken === undefined ? readCandidates(text) : { kind: "records", records: taken }),
    [taken, text],
  );
}
