import { ArrowLeft } from "lucide-react";
import { openPage } from "../actions/pages.ts";
import { placeOf, useCandidates } from "../state/candidates.ts";
import type { Run } from "../state/runs.ts";
import { Button } from "../ui/button.tsx";
import { useActionContext } from "./action-context.ts";
import { revealMain } from "./reveal-main.ts";

/** Which of the candidates is shown, and the way back to them; nothing for a chain that is none of them. */
export function CandidateLine({ run }: { readonly run: Run }) {
  const place = useCandidates(({ all }) => placeOf(all, run));
  const ctx = useActionContext();
  const count = useCandidates(({ all }) => all.length);
  if (place === undefined) {
    return null;
  }
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-2 print:hidden">
      <span>
        Candidate {place + 1} of {count}
      </span>
      <span aria-hidden>·</span>
      <Button
        kind="link"
        className="text-xs"
        icon={<ArrowLeft aria-hidden className="size-3" />}
        onClick={() => {
          openPage(ctx, "candidates");
          revealMain();
        }}
      >
        Back to the candidates
      </Button>
    </p>
  );
}
