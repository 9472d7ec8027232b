import { memo } from "react";
import type { FaultKind } from "../../core/alignment/faults.ts";
import type { Step } from "../../core/trace.ts";
import type { StepIndex } from "../../core/units.ts";
import { classNames } from "../../ui/class-names.ts";
import type { Bin } from "../../ui/diverging-scale.ts";
import { formatProbability } from "../../ui/format-number.ts";
import { ROW_HEIGHT } from "./ribbon-layout.ts";
import { FAULT_LABELS, FAULT_SENTENCES, rowWords } from "./ribbon-words.ts";

interface RibbonRowProps {
  readonly top: number;
  readonly step: Step;
  readonly reward: number | undefined;
  /** Of the reward; undefined without one. */
  readonly bin: Bin | undefined;
  /** Steps of the other lane that its ribbons lead to, increasing. */
  readonly partners: readonly StepIndex[];
  /** Of this step, each once. */
  readonly faults: readonly FaultKind[];
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly onHover: (index: StepIndex | undefined) => void;
  readonly onSelect: (index: StepIndex) => void;
}

/** More text than a row can show. */
const LONGEST_SHOWN = 160;

export const RibbonRow = memo(function RibbonRow(props: RibbonRowProps) {
  const { top, step, reward, bin, partners, faults, isSelected, isHovered, onHover, onSelect } = props;
  return (
    <li className="absolute inset-x-0" style={{ top, height: ROW_HEIGHT }}>
      <button
        type="button"
        aria-current={isSelected ? "step" : undefined}
        data-step-index={step.index}
        onClick={() => onSelect(step.index)}
        onMouseEnter={() => onHover(step.index)}
        onMouseLeave={() => onHover(undefined)}
        onFocus={() => onHover(step.index)}
        onBlur={() => onHover(undefined)}
        className={classNames(
          "flex h-full w-full min-w-0 items-center gap-2 px-3 text-left text-xs focus-visible:-outline-offset-2",
          isSelected ? "bg-accent-soft" : isHovered && "bg-sunken",
        )}
      >
        <span className="sr-only">{rowWords(step, partners, faults)}</span>
        <span className="w-5 shrink-0 text-right text-2xs text-ink-3">{step.index + 1}</span>
        {reward === undefined ? (
          <span className="hatched h-4 w-9 shrink-0 rounded border border-line" />
        ) : (
          <span
            data-bin={bin}
            className="grid h-4 w-9 shrink-0 place-items-center rounded bg-(--bin) text-2xs font-semibold text-(--bin-on)"
          >
            {formatProbability(reward)}
          </span>
        )}
        <span className="line-clamp-2 min-w-0 flex-1 break-words max-sm:hidden">
          {step.text.slice(0, LONGEST_SHOWN)}
        </span>
        {faults.map((kind) => (
          <span
            key={kind}
            data-fault={kind}
            title={FAULT_SENTENCES[kind]}
            className="min-w-0 shrink-0 truncate text-2xs font-semibold text-bad max-sm:shrink"
          >
            {FAULT_LABELS[kind]}
          </span>
        ))}
      </button>
    </li>
  );
});
