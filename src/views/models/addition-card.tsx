import { RotateCcw, TriangleAlert } from "lucide-react";
import { useRef } from "react";
import { addModel, dismissAddition, stopAdding } from "../../actions/library.ts";
import type { WireError } from "../../core/errors.ts";
import { type Addition, useLibrary } from "../../state/library.ts";
import { Button } from "../../ui/button.tsx";
import { useFocusHeir, useLostFocus } from "../../ui/keep-focus.ts";
import { Notice } from "../../ui/notice.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { useActionContext } from "../action-context.ts";
import { progressSentence, progressShare } from "../add-words.ts";
import { describeLibraryError } from "../error-advice.ts";

/** The model being added, or why the last one could not be. */
export function AdditionCard() {
  const addition = useLibrary((state) => state.addition);
  return addition && <Card addition={addition} />;
}

/** The heading the card stands under, over the list in which the model then is. */
function headingOver(card: HTMLElement): Element | null {
  return card.parentElement?.querySelector("h3") ?? null;
}

function Card({ addition }: { readonly addition: Addition }) {
  const ref = useRef<HTMLElement>(null);
  const { name, error } = addition;
  // The button that began it is gone or disabled now, and so is Cancel once it has failed.
  useLostFocus(ref, error === undefined);
  useFocusHeir(ref, headingOver);
  return (
    <section ref={ref} tabIndex={-1} aria-label={`Adding ${name}`} className="rounded-lg">
      {error === undefined ? <UnderWay addition={addition} /> : <Failed addition={addition} error={error} />}
    </section>
  );
}

function Failed({ addition, error }: { readonly addition: Addition; readonly error: WireError }) {
  const ctx = useActionContext();
  return (
    <Notice
      tone="bad"
      role="alert"
      icon={<TriangleAlert aria-hidden className="size-4" />}
      action={
        <span className="flex gap-2">
          <Button
            className="h-7 text-xs"
            icon={<RotateCcw aria-hidden className="size-3.5" />}
            onClick={() => void addModel(ctx, addition.request)}
          >
            Try again
          </Button>
          <Button kind="quiet" className="h-7 text-xs" onClick={dismissAddition}>
            Dismiss
          </Button>
        </span>
      }
    >
      <span className="font-semibold">{addition.name}</span> was not added. {describeLibraryError(error)}
    </Notice>
  );
}

function UnderWay({ addition }: { readonly addition: Addition }) {
  const { name, request, progress } = addition;
  const share = progressShare(progress);
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-raised px-4 py-3">
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
      <ProgressBar label={`Adding ${name}`} value={share?.value ?? 0} max={share?.max} />
      {request.from === "hub" && (
        <p className="text-2xs text-ink-3">
          Scoring goes on meanwhile. If the page is closed, adding it again goes on from here.
        </p>
      )}
    </div>
  );
}
