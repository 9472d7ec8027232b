import type { Alignment } from "../core/alignment/align.ts";
import type { Fault } from "../core/alignment/faults.ts";
import type { Step } from "../core/trace.ts";
import type { Inspection } from "../state/inspection.ts";
import { classNames } from "../ui/class-names.ts";
import { divergingBin } from "../ui/diverging-scale.ts";
import { formatProbability } from "../ui/format-number.ts";
import { ROW_HEIGHT } from "./ribbon-layout.ts";
import { FAULT_LABELS, FAULT_SENTENCES, rowWords } from "./ribbon-words.ts";

interface RibbonRowProps {
  readonly top: number;
  readonly step: Step;
  readonly reward: number | undefined;
  readonly inspection: Inspection;
  readonly alignment: Alignment;
  /** Of this step. */
  readonly faults: readonly Fault[];
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly onHover: (isOver: boolean) => void;
  readonly onSelect: () => void;
}

/** More text than a row can show. */
const LONGEST_SHOWN = 160;

export function RibbonRow(props: RibbonRowProps) {
  const { top, step, reward, inspection, alignment, faults, isSelected, isHovered, onHover, onSelect } =
    props;
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  return (
    <li className="absolute inset-x-0" style={{ top, height: ROW_HEIGHT }}>
      <button
        type="button"
        aria-current={isSelected ? "step" : undefined}
        data-step-index={step.index}
        onClick={onSelect}
        onMouseEnter={() => onHover(true)}
        onMouseLeave={() => onHover(false)}
        onFocus={() => onHover(true)}
        onBlur={() => onHover(false)}
        className={classNames(
          "flex h-full w-full min-w-0 items-center gap-2 px-3 text-left text-xs focus-visible:-outline-offset-2",
          isSelected ? "bg-accent-soft" : isHovered && "bg-sunken",
        )}
      >
        <span className="sr-only">{rowWords(step.index, alignment, faults)}</span>
        <span className="w-5 shrink-0 text-right text-2xs text-ink-3">{step.index + 1}</span>
        {reward === undefined ? (
          <span className="hatched h-4 w-9 shrink-0 rounded border border-line" />
        ) : (
          <span
            data-bin={divergingBin(reward, inspection.threshold)}
            className="grid h-4 w-9 shrink-0 place-items-center rounded bg-(--bin) text-2xs font-semibold text-(--bin-on)"
          >
            {formatProbability(reward)}
          </span>
        )}
        <span className="min-w-0 flex-1 truncate max-sm:hidden">{step.text.slice(0, LONGEST_SHOWN)}</span>
        {kinds.map((kind) => (
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
}
