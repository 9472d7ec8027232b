import { ArrowDown, ArrowUp, type LucideIcon, Merge, Pencil, Plus, Trash2 } from "lucide-react";
import { editStep, openEditor } from "../actions/edit-steps.ts";
import { canEdit, type StepEdit } from "../core/edit/edit-steps.ts";
import type { Step } from "../core/trace.ts";
import { useActionContext } from "./action-context.ts";

interface StepToolsProps {
  readonly steps: readonly Step[];
  readonly index: number;
}

interface ToolProps {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Also said on the button's title. */
  readonly keys: string;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
}

function Tool({ icon: Icon, label, keys, isDisabled = false, onClick }: ToolProps) {
  return (
    <button
      type="button"
      title={`${label} (${keys})`}
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
export function StepTools({ steps, index }: StepToolsProps) {
  const ctx = useActionContext();
  const tool = (edit: StepEdit, label: string, keys: string, icon: LucideIcon) => (
    <Tool
      icon={icon}
      label={label}
      keys={keys}
      isDisabled={!canEdit(steps, edit)}
      onClick={() => editStep(ctx, edit)}
    />
  );
  return (
    <div role="toolbar" aria-label={`Edit step ${index + 1}`} className="mt-1 -ml-1.5 flex items-center">
      <Tool
        icon={Pencil}
        label="Edit or split"
        keys="E"
        onClick={() => openEditor({ kind: "edit", index })}
      />
      {tool({ kind: "merge", index }, "Merge with the next", "M", Merge)}
      {tool({ kind: "move", index, by: -1 }, "Move up", "Alt+↑", ArrowUp)}
      {tool({ kind: "move", index, by: 1 }, "Move down", "Alt+↓", ArrowDown)}
      <Tool
        icon={Plus}
        label="Insert a step below"
        keys="I"
        onClick={() => openEditor({ kind: "insert", index })}
      />
      {tool({ kind: "delete", index }, "Delete", "Del", Trash2)}
    </div>
  );
}
