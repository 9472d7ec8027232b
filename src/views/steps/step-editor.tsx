import { Scissors } from "lucide-react";
import { useEffect, useRef } from "react";
import { editStep } from "../../actions/edit-steps.ts";
import { closeEditor, typeDraft } from "../../actions/step-draft.ts";
import type { Step } from "../../core/trace.ts";
import type { Editing } from "../../state/view-state.ts";
import { Button } from "../../ui/button.tsx";
import { useActionContext } from "../action-context.ts";

interface StepEditorProps {
  readonly step: Step;
  readonly editing: Editing;
}

const MOST_ROWS = 14;

/**
 * A step's text as a field, in its row. What is typed is taken on Apply, when it is split, or when one goes on
 * elsewhere, not letter by letter.
 */
export function StepEditor({ step, editing: { kind, index, draft } }: StepEditorProps) {
  const ctx = useActionContext();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = draft?.of === step.text ? draft.text : kind === "edit" ? step.text : "";
  useEffect(() => field.current?.focus(), []);
  const apply = () => {
    closeEditor();
    editStep(
      ctx,
      kind === "edit" ? { kind: "replace", index, texts: [text] } : { kind: "insert", index, text },
    );
  };
  const split = () => {
    const at = field.current?.selectionStart ?? 0;
    const isSplit =
      text === step.text
        ? editStep(ctx, { kind: "split", index, at })
        : editStep(ctx, { kind: "replace", index, texts: [text.slice(0, at), text.slice(at)] });
    if (isSplit) {
      closeEditor();
    } else {
      field.current?.focus();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps clicks in the field from choosing the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same
    <div className="flex flex-col gap-1.5 py-0.5" onClick={(event) => event.stopPropagation()}>
      <textarea
        ref={field}
        aria-label={kind === "edit" ? `Text of step ${index + 1}` : `New step after step ${index + 1}`}
        value={text}
        placeholder="What the step says"
        rows={Math.min(MOST_ROWS, text.split("\n").length + 1)}
        onChange={(event) => typeDraft(event.target.value, step.text)}
        onKeyDown={(event) => {
          const isApply = event.key === "Enter" && (event.ctrlKey || event.metaKey);
          if (isApply || event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            if (isApply) {
              apply();
            } else {
              closeEditor();
            }
          }
        }}
        className="field-sizing-content max-h-80 w-full resize-y rounded-md border border-line-strong bg-raised px-2 py-1.5 text-base leading-6"
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button kind="primary" className="h-7 px-3 text-xs" title="Ctrl+Enter" onClick={apply}>
          {kind === "edit" ? "Apply" : "Insert"}
        </Button>
        {kind === "edit" && (
          <Button
            className="h-7 text-xs"
            icon={<Scissors aria-hidden className="size-3.5" />}
            title="Splits the step in two at the cursor"
            onMouseDown={(event) => event.preventDefault()}
            onClick={split}
          >
            Split at the cursor
          </Button>
        )}
        <Button kind="quiet" className="h-7 text-xs" title="Esc" onClick={closeEditor}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
