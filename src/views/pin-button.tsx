import { GitCompareArrows, Pin, PinOff } from "lucide-react";
import { pinRun, unpin } from "../actions/compare.ts";
import { openCover } from "../actions/cover.ts";
import { isPinned, usePinned } from "../state/pinned.ts";
import { isUnderWay, type Run } from "../state/runs.ts";
import { Button } from "../ui/button.tsx";
import { revealMain } from "./reveal-main.ts";

const ICON = "size-3.5";

/** Keeps this run to compare others with; where one is kept already, leads to the comparison. */
export function PinButton({ run }: { readonly run: Run }) {
  const pinned = usePinned((state) => state);
  if (isPinned(pinned, run)) {
    return (
      <Button
        kind="quiet"
        className="h-7 text-xs"
        icon={<PinOff aria-hidden className={ICON} />}
        title="What is scored or opened next can be compared with this chain"
        onClick={unpin}
      >
        Pinned as A
      </Button>
    );
  }
  return (
    <span className="flex items-center">
      {pinned.run !== undefined && (
        <Button
          kind="quiet"
          className="h-7 text-xs text-ink"
          icon={<GitCompareArrows aria-hidden className={ICON} />}
          onClick={() => {
            openCover("compare");
            revealMain();
          }}
        >
          Compare with A
        </Button>
      )}
      <Button
        kind="quiet"
        className="h-7 text-xs"
        disabled={isUnderWay(run)}
        icon={<Pin aria-hidden className={ICON} />}
        title={
          pinned.run === undefined
            ? "Makes this chain A: others are compared with it"
            : "Makes this chain A in place of the one that is pinned"
        }
        onClick={pinRun}
      >
        {pinned.run === undefined ? "Pin to compare" : "Pin this"}
      </Button>
    </span>
  );
}
