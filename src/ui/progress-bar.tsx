import { classNames } from "./class-names.ts";

interface ProgressBarProps {
  readonly label: string;
  readonly value: number;
  /** Absent or 0: how much there is to do is not known yet. */
  readonly max: number | undefined;
}

/** One bar that never lies: its width is `value / max`, and while that is not known it is empty. */
export function ProgressBar({ label, value, max = 0 }: ProgressBarProps) {
  const isKnown = max > 0;
  const range = isKnown
    ? { "aria-valuemin": 0, "aria-valuemax": max, "aria-valuenow": Math.min(value, max) }
    : {};
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...range}
      data-measure
      className={classNames(
        "h-1 w-full overflow-hidden rounded-full bg-line",
        !isKnown && "motion-safe:animate-pulse",
      )}
    >
      {isKnown && (
        <div className="h-full rounded-full bg-ink" style={{ width: `${Math.min(1, value / max) * 100}%` }} />
      )}
    </div>
  );
}
