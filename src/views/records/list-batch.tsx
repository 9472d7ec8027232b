import { stopCandidates } from "../../actions/candidates.ts";
import type { ChainRecord } from "../../core/chain-record.ts";
import { isBatchUnderWay, useCandidates } from "../../state/candidates.ts";
import { Button } from "../../ui/button.tsx";
import { BatchLine } from "../batch-line.tsx";

/** How far the list is scored, while it is and until something else is. */
export function ListBatch({ records }: { readonly records: readonly ChainRecord[] }) {
  const isOfList = useCandidates(({ taken, status }) => taken === records && status !== "idle");
  const isUnderWay = useCandidates(isBatchUnderWay);
  if (!isOfList) {
    return null;
  }
  return (
    <div className="mt-2 flex items-start gap-4">
      <div className="min-w-0 flex-1">
        <BatchLine />
      </div>
      {isUnderWay && <Button onClick={stopCandidates}>Stop</Button>}
    </div>
  );
}
