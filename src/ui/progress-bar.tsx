interface ProgressBarProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
}

/** One bar that never lies: its width is `value / max` and nothing else. */
export function ProgressBar({ label, value, max }: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className="h-1 w-full overflow-hidden rounded-full bg-line"
    >
      <div className="h-full rounded-full bg-ink" style={{ width: `${share * 100}%` }} />
    </div>
  );
}
