import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface SegmentedProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string; readonly icon: ReactNode }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
}

/** A small row of exclusive icon buttons. */
export function Segmented<Id extends string>({ label, options, value, onChange }: SegmentedProps<Id>) {
  return (
    <fieldset className="inline-flex rounded-md border border-line p-px" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          aria-pressed={option.id === value}
          aria-label={option.label}
          title={option.label}
          onClick={() => onChange(option.id)}
          className={classNames(
            "grid size-6 place-items-center rounded-[5px]",
            option.id === value ? "bg-line text-ink" : "text-ink-3 hover:text-ink",
          )}
        >
          {option.icon}
        </button>
      ))}
    </fieldset>
  );
}
