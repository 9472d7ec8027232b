import { Redo2, Undo2 } from "lucide-react";
import { redo, undo } from "../../actions/edit-steps.ts";
import { useEditHistory } from "../../state/edit-history.ts";
import { Button } from "../../ui/button.tsx";
import { useActionContext } from "../action-context.ts";

/** Takes edits of the text back, and makes them again; not shown before there is one. */
export function UndoButtons() {
  const ctx = useActionContext();
  const canUndo = useEditHistory(({ past }) => past.length > 0);
  const canRedo = useEditHistory(({ future }) => future.length > 0);
  if (!canUndo && !canRedo) {
    return null;
  }
  return (
    <span className="flex items-center">
      <Button
        kind="quiet"
        className="size-7 p-0"
        aria-label="Undo"
        title="Undo the last edit (Ctrl+Z)"
        disabled={!canUndo}
        icon={<Undo2 aria-hidden className="size-3.5" />}
        onClick={() => undo(ctx)}
      />
      <Button
        kind="quiet"
        className="size-7 p-0"
        aria-label="Redo"
        title="Make the edit again (Ctrl+Shift+Z)"
        disabled={!canRedo}
        icon={<Redo2 aria-hidden className="size-3.5" />}
        onClick={() => redo(ctx)}
      />
    </span>
  );
}
