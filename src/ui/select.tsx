import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { classNames } from "./class-names.ts";

interface SelectProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  /** Keeps the label for screen readers only. */
  readonly hidesLabel?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, options, value, onChange, hidesLabel = false, isDisabled = false, className } = props;
  const id = useId();
  return (
    <span className={classNames("inline-flex items-center gap-2", className)}>
      <label htmlFor={id} className={hidesLabel ? "sr-only" : "text-xs text-ink-2 whitespace-nowrap"}>
        {label}
      </label>
      <span className="relative inline-flex min-w-0 flex-1">
        <select
          id={id}
          value={value}
          disabled={isDisabled}
          onChange={(event) => {
            const chosen = options.find((option) => option.id === event.target.value);
            if (chosen) {
              onChange(chosen.id);
            }
          }}
          className="h-7 w-full min-w-0 appearance-none truncate rounded-md border border-line-strong bg-raised pr-7 pl-2 text-xs font-medium text-ink enabled:hover:border-ink-3 disabled:opacity-40"
        >
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute top-1.5 right-1.5 size-4 text-ink-3"
        />
      </span>
    </span>
  );
}
