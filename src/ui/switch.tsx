import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: string;
  /** Shown beside the switch; the label is used when absent. */
  readonly children?: ReactNode;
  readonly disabled?: boolean;
  readonly title?: string;
}

export function Switch({ checked, onChange, label, children, disabled = false, title }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      disabled={disabled}
      title={title}
      onClick={() => onChange(!checked)}
      className="inline-flex items-center gap-1.5 rounded text-xs text-ink-2 hover:text-ink disabled:opacity-40"
    >
      <span
        className={classNames(
          "relative h-3.5 w-6 shrink-0 rounded-full transition-colors duration-100",
          checked ? "bg-ink-2" : "bg-line-strong",
        )}
      >
        <span
          className={classNames(
            "absolute top-0.5 left-0.5 size-2.5 rounded-full bg-raised transition-transform duration-100",
            checked && "translate-x-2.5",
          )}
        />
      </span>
      {children ?? label}
    </button>
  );
}
