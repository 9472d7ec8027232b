import { type ReactNode, type Ref, useId } from "react";
import { classNames } from "../ui/class-names.ts";

interface TextFieldProps {
  readonly ref?: Ref<HTMLTextAreaElement>;
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onLeave?: () => void;
  /** Offered what is pasted in place of the whole text; true: it was taken, and is not put in. */
  readonly onPasteWhole?: (text: string) => boolean;
  readonly rows: number;
  readonly placeholder: string;
  readonly error: string | undefined;
  readonly aside?: ReactNode;
  /** Takes the height that is left. */
  readonly grows?: boolean;
}

/**
 * Browsers insert pasted text paragraph by paragraph, in quadratic time: a thousand steps freeze the
 * page for seconds. From this length on the text is put in as a value, which is instant.
 */
const LONG_PASTE = 20_000;

export function TextField(props: TextFieldProps) {
  const { ref, label, value, onChange, onLeave, onPasteWhole, rows, placeholder, error, aside } = props;
  const { grows = false } = props;
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1.5", grows && "xl:min-h-56 xl:flex-1")}>
      <div className="flex min-w-0 items-baseline justify-between gap-3">
        <label htmlFor={id} className="shrink-0 text-sm font-medium">
          {label}
        </label>
        {aside}
      </div>
      <textarea
        ref={ref}
        id={id}
        value={value}
        rows={rows}
        spellCheck={false}
        placeholder={placeholder}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : errorId}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text/plain");
          const { selectionStart, selectionEnd } = event.currentTarget;
          const isWhole = selectionEnd - selectionStart === value.length;
          if (isWhole && onPasteWhole?.(pasted) === true) {
            event.preventDefault();
          } else if (pasted.length >= LONG_PASTE) {
            event.preventDefault();
            onChange(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
          }
        }}
        className={classNames(
          "w-full resize-y rounded-md border bg-surface px-3 py-2 text-sm leading-5 text-ink placeholder:text-ink-3",
          "max-xl:flex-1",
          grows && "flex-1 xl:resize-none",
          error === undefined ? "border-line-strong hover:border-ink-3" : "border-bad",
        )}
      />
      {error !== undefined && (
        <p id={errorId} role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
