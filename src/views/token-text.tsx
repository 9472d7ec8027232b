import { Fragment, type ReactNode } from "react";
import type { Finding } from "../core/arithmetic/check.ts";
import type { TokenHazard } from "../core/trace.ts";
import { HEAT_LEVELS, heatLevel } from "../ui/diverging-scale.ts";
import { formatProbability } from "../ui/format-number.ts";
import { withControlCodes } from "./control-codes.tsx";
import { findingSentence } from "./reading-words.ts";

export interface TokenTextProps {
  readonly text: string;
  /** Absent: plain text. */
  readonly hazards: readonly TokenHazard[] | undefined;
  /** Arithmetic of the text; what is wrong of it is marked. */
  readonly findings?: readonly Finding[];
}

const NO_FINDINGS: readonly Finding[] = [];

/** Half-open, in UTF-16 offsets. */
type Stretch = readonly [from: number, to: number];

/** Text with a mark only where a hazard is notable; the stretches between stay single text nodes. */
function heated(text: string, hazards: readonly TokenHazard[], [first, last]: Stretch): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = first;
  for (const token of hazards) {
    const level = heatLevel(token.hazard);
    const start = Math.max(token.start, first);
    const end = Math.min(token.end, last);
    if (level > 0 && end > start && start >= from) {
      parts.push(<Fragment key={`before ${start}`}>{withControlCodes(text.slice(from, start))}</Fragment>);
      parts.push(
        <span key={start} data-heat={level} title={`hazard ${formatProbability(token.hazard)}`}>
          {withControlCodes(text.slice(start, end))}
        </span>,
      );
      from = end;
    }
  }
  parts.push(<Fragment key="rest">{withControlCodes(text.slice(from, last))}</Fragment>);
  return parts;
}

/** A stretch of a step's text, with its heat and with what is wrong of its arithmetic marked. */
export function markedText(
  { text, hazards, findings = NO_FINDINGS }: TokenTextProps,
  [first, last]: Stretch,
): ReactNode {
  const draw = (stretch: Stretch) =>
    hazards === undefined ? withControlCodes(text.slice(...stretch)) : heated(text, hazards, stretch);
  const wrong = findings.filter(
    ({ verdict, start, end }) => verdict === "wrong" && start < last && end > first,
  );
  if (wrong.length === 0) {
    return draw([first, last]);
  }
  let from = first;
  const parts = wrong.map((finding) => {
    const [start, end] = [Math.max(finding.start, first), Math.min(finding.end, last)];
    const before = draw([from, start]);
    from = end;
    return (
      <Fragment key={start}>
        {before}
        <span data-wrong-sum title={findingSentence(finding)}>
          {draw([start, end])}
        </span>
      </Fragment>
    );
  });
  return [...parts, <Fragment key="rest">{draw([from, last])}</Fragment>];
}

export function TokenText(props: TokenTextProps) {
  return (
    <p className="text-base break-words whitespace-pre-wrap">{markedText(props, [0, props.text.length])}</p>
  );
}

export function HeatLegend() {
  return (
    <span className="hidden items-center gap-1.5 text-2xs text-ink-3 min-[88rem]:flex">
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
