import { Fragment, type ReactNode } from "react";
import type { TokenHazard } from "../core/trace.ts";
import { HEAT_LEVELS, heatLevel } from "../ui/diverging-scale.ts";
import { formatProbability } from "../ui/format-number.ts";
import { withControlCodes } from "./control-codes.tsx";

interface TokenTextProps {
  readonly text: string;
  /** Absent: plain text. */
  readonly hazards: readonly TokenHazard[] | undefined;
}

/** Text with a mark only where a hazard is notable; the stretches between stay single text nodes. */
function heated(text: string, hazards: readonly TokenHazard[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { start, end, hazard } of hazards) {
    const level = heatLevel(hazard);
    if (level > 0 && end > start && start >= from) {
      parts.push(<Fragment key={`before ${start}`}>{withControlCodes(text.slice(from, start))}</Fragment>);
      parts.push(
        <span key={start} data-heat={level} title={`hazard ${formatProbability(hazard)}`}>
          {withControlCodes(text.slice(start, end))}
        </span>,
      );
      from = end;
    }
  }
  parts.push(<Fragment key="rest">{withControlCodes(text.slice(from))}</Fragment>);
  return parts;
}

export function TokenText({ text, hazards }: TokenTextProps) {
  return (
    <p className="text-base break-words whitespace-pre-wrap">
      {hazards === undefined ? withControlCodes(text) : heated(text, hazards)}
    </p>
  );
}

export function HeatLegend() {
  return (
    <span className="hidden items-center gap-1.5 text-2xs text-ink-3 sm:flex">
      hazard {HEAT_LEVELS[0]}
      <span aria-hidden className="flex gap-px">
        {HEAT_LEVELS.map((edge) => (
          <span key={edge} data-heat={heatLevel(edge)} title={`from ${edge}`} className="h-2.5 w-3" />
        ))}
      </span>
      1
    </span>
  );
}
