import { ChevronRight } from "lucide-react";
import type { Ref } from "react";
import type { SimilarRun } from "../../core/similar-steps.ts";
import type { StepTag } from "../../core/step-tags.ts";
import type { Step } from "../../core/trace.ts";
import type { StepRewards } from "../../core/verdict.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatProbability, plural } from "../../ui/format-number.ts";

interface FoldRowProps {
  readonly ref: Ref<HTMLLIElement>;
  /** Distance from the top of the list, in CSS pixels; undefined where rows simply follow one another. */
  readonly offset: number | undefined;
  /** Its place in the list, from 0. */
  readonly place: number;
  readonly run: SimilarRun;
  readonly isOpen: boolean;
  readonly steps: readonly Step[];
  readonly rewards: StepRewards;
  readonly tags: readonly StepTag[];
  /** How many of its steps are found by what is looked for. */
  readonly hitCount: number;
  readonly onToggle: (run: SimilarRun, isOpen: boolean) => void;
}

/** One line for a run of similar steps; above them while they are shown. */
export function FoldRow(props: FoldRowProps) {
  const { ref, offset, place, run, isOpen, steps, hitCount, onToggle } = props;
  const first = steps[run.from];
  return (
    <li
      ref={ref}
      data-index={place}
      data-testid="fold"
      className={classNames(
        "w-full border-b border-line bg-sunken",
        offset === undefined ? "relative" : "absolute left-0",
      )}
      style={{ top: offset }}
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => onToggle(run, !isOpen)}
        className="flex w-full min-w-0 items-center gap-2 px-5 py-1.5 text-left text-xs text-ink-2 hover:text-ink"
      >
        <ChevronRight
          aria-hidden
          className={classNames("size-3.5 shrink-0 text-ink-3", isOpen && "rotate-90")}
        />
        <span className="shrink-0 text-ink-3">
          {run.from + 1}–{run.to}
        </span>
        <span className="shrink-0 font-medium">{foldWords(props)}</span>
        {hitCount > 0 && !isOpen && (
          <span className="shrink-0">
            <mark data-hit="other" className="px-1">
              {plural(hitCount, "hit")}
            </mark>
          </span>
        )}
        {!isOpen && <span className="truncate text-ink-3 italic max-sm:hidden">{first?.text}</span>}
      </button>
    </li>
  );
}

/** "8 similar steps, rewards 0.91–0.97". */
function foldWords({ run: { from, to }, rewards, tags }: FoldRowProps): string {
  const known = rewards.slice(from, to).filter((reward) => reward !== undefined);
  const kinds = new Set(tags.slice(from, to));
  const [tag] = kinds;
  const steps = `${to - from} similar steps${kinds.size === 1 ? ` (${tag})` : ""}`;
  if (known.length === 0) {
    return steps;
  }
  const [low, high] = [Math.min(...known), Math.max(...known)].map(formatProbability);
  return low === high ? `${steps}, rewards ${low}` : `${steps}, rewards ${low}–${high}`;
}
