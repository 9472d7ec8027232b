import { ArrowDown, ArrowUp, type LucideIcon, Merge, Pencil, Plus, Trash2 } from "lucide-react";
import { editStepBeside, openEditor } from "../../actions/edit-steps.ts";
import { canEdit, type StepEdit } from "../../core/edit/edit-steps.ts";
import type { Trace } from "../../core/trace.ts";
import { useActionContext } from "../action-context.ts";

interface StepToolsProps {
  readonly trace: Trace;
  readonly index: number;
}

interface ToolProps {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Also said on the button's title. */
  readonly keys: string;
  readonly isDisabled?: boolean;
  /** In place of the keys, where it is disabled. */
  readonly why?: string | undefined;
  readonly onClick: () => void;
}

function Tool({ icon: Icon, label, keys, isDisabled = false, why, onClick }: ToolProps) {
  return (
    <button
      type="button"
      title={isDisabled && why !== undefined ? `${label}: ${why}` : `${label} (${keys})`}
      aria-label={label}
      disabled={isDisabled}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
      className="grid size-6 place-items-center rounded text-ink-2 hover:bg-raised hover:text-ink disabled:opacity-30 disabled:hover:bg-transparent"
    >
      <Icon aria-hidden className="size-3.5" />
    </button>
  );
}

/** What can be done with the selected step, on its row. */
export function StepTools({ trace, index }: StepToolsProps) {
  const ctx = useActionContext();
  // Of two neighbours nothing else keeps them apart.
  const whyApart =
    index + 1 < trace.steps.length ? "thinking begins or ends between the two" : "there is no next step";
  const tool = (edit: StepEdit, label: string, keys: string, icon: LucideIcon) => (
    <Tool
      icon={icon}
      label={label}
      keys={keys}
      isDisabled={!canEdit(trace, edit)}
      why={edit.kind === "merge" ? whyApart : undefined}
      onClick={() => editStepBeside(ctx, edit)}
    />
  );
  return (
    <div role="toolbar" aria-label={`Edit step ${index + 1}`} className="mt-1 -ml-1.5 flex items-center">
      <Tool
        icon={Pencil}
        label="Edit or split"
        keys="E"
        onClick={() => openEditor(ctx, { kind: "edit", index })}
      />
      {tool({ kind: "merge", index }, "Merge with the next", "M", Merge)}
      {tool({ kind: "move", index, by: -1 }, "Move up", "Alt+↑", ArrowUp)}
      {tool({ kind: "move", index, by: 1 }, "Move down", "Alt+↓", ArrowDown)}
      <Tool
        icon={Plus}
        label="Insert a step below"
        keys="I"
        onClick={() => openEditor(ctx, { kind: "insert", index })}
      />
      {tool({ kind: "delete", index }, "Delete", "Del", Trash2)}
    </div>
  );
}
