import { RotateCcw, TriangleAlert } from "lucide-react";
import { addModel, dismissAddition, stopAdding } from "../../actions/library.ts";
import { useLibrary } from "../../state/library.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { useActionContext } from "../action-context.ts";
import { progressSentence, progressShare } from "../add-words.ts";
import { describeLibraryError } from "../error-advice.ts";

/** The model being added, or why the last one could not be. */
export function AdditionCard() {
  const ctx = useActionContext();
  const addition = useLibrary((state) => state.addition);
  if (addition === undefined) {
    return null;
  }
  const { name, request, progress, error } = addition;
  if (error !== undefined) {
    return (
      <section aria-label={`Adding ${name}`}>
        <Notice
          tone="bad"
          role="alert"
          icon={<TriangleAlert aria-hidden className="size-4" />}
          action={
            <span className="flex gap-2">
              <Button
                className="h-7 text-xs"
                icon={<RotateCcw aria-hidden className="size-3.5" />}
                onClick={() => void addModel(ctx, request)}
              >
                Try again
              </Button>
              <Button kind="quiet" className="h-7 text-xs" onClick={dismissAddition}>
                Dismiss
              </Button>
            </span>
          }
        >
          <span className="font-semibold">{name}</span> was not added. {describeLibraryError(error)}
        </Notice>
      </section>
    );
  }
  const share = progressShare(progress);
  return (
    <section
      aria-label={`Adding ${name}`}
      className="flex flex-col gap-2 rounded-lg border border-line bg-raised px-4 py-3"
    >
      <div className="flex items-baseline gap-3">
        <p className="min-w-0 flex-1 text-sm">
          <span className="font-semibold break-words">{name}</span>{" "}
          <span className="text-ink-3">{request.dtype}</span>
        </p>
        <Button kind="quiet" className="-mr-2 h-6 text-xs" onClick={stopAdding}>
          Cancel
        </Button>
      </div>
      <p role="status" className="text-xs text-ink-2">
        {progressSentence(progress)}
      </p>
      <ProgressBar label={`Adding ${name}`} value={share?.value ?? 0} max={share?.max ?? 0} />
      {request.from === "hub" && (
        <p className="text-2xs text-ink-3">
          Scoring goes on meanwhile. If the page is closed, adding it again goes on from here.
        </p>
      )}
    </section>
  );
}
