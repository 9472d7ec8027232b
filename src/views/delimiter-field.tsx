interface DelimiterFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** The text that the steps of a chain are cut at, where that is the rule. */
export function DelimiterField({ value, onChange }: DelimiterFieldProps) {
  return (
    <label className="flex items-center gap-2 text-xs text-ink-2">
      Delimiter
      <input
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder="<extra_0>"
        spellCheck={false}
        className="h-7 min-w-0 flex-1 rounded-md border border-line-strong bg-raised px-2 font-mono text-xs"
      />
    </label>
  );
}
