import { Fragment, memo, type ReactNode } from "react";
import type { Finding } from "../../core/arithmetic/check.ts";
import type { Span } from "../../core/find/spans.ts";
import type { TokenHazard } from "../../core/trace.ts";
import { HEAT_LEVELS, heatLevel } from "../../ui/diverging-scale.ts";
import { formatProbability } from "../../ui/format-number.ts";
import { withControlCodes } from "../control-codes.tsx";
import { findingSentence } from "../reading-words.ts";
import { overlapping } from "./overlapping.ts";

export interface TokenTextProps {
  readonly text: string;
  /** In the order of the text. Absent: plain text. */
  readonly hazards: readonly TokenHazard[] | undefined;
  /** Arithmetic of the text; what is wrong of it is marked. */
  readonly findings?: readonly Finding[];
  /** What is found in the text. */
  readonly hits?: readonly Span[] | undefined;
  /** The one of them that one has gone to. */
  readonly currentHit?: Span | undefined;
}

const NO_FINDINGS: readonly Finding[] = [];
const NO_SPANS: readonly Span[] = [];

/** Half-open, in UTF-16 offsets. */
type Stretch = readonly [from: number, to: number];

/** Text with a mark only where a hazard is notable; the stretches between stay single text nodes. */
function heated(text: string, hazards: readonly TokenHazard[], [first, last]: Stretch): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = first;
  for (const token of overlapping(hazards, first, last)) {
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

/** A stretch of the text and what is put round it. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly wrap: (content: ReactNode) => ReactNode;
}

type Draw = (stretch: Stretch) => ReactNode;

/** Draws a stretch with marks round parts of it; they are in order and none overlaps another. */
function drawMarks([first, last]: Stretch, marks: readonly Mark[], draw: Draw): ReactNode {
  const shown = overlapping(marks, first, last);
  if (shown.length === 0) {
    return draw([first, last]);
  }
  let from = first;
  const parts = shown.map((mark) => {
    const [start, end] = [Math.max(mark.start, first), Math.min(mark.end, last)];
    const before = draw([from, start]);
    from = end;
    return (
      <Fragment key={start}>
        {before}
        {mark.wrap(draw([start, end]))}
      </Fragment>
    );
  });
  return [...parts, <Fragment key="rest">{draw([from, last])}</Fragment>];
}

function wrongSum(finding: Finding): Mark {
  return {
    ...finding,
    wrap: (content) => (
      <span data-wrong-sum title={findingSentence(finding)}>
        {content}
      </span>
    ),
  };
}

function hitMark(span: Span, isCurrent: boolean): Mark {
  return { ...span, wrap: (content) => <mark data-hit={isCurrent ? "current" : "other"}>{content}</mark> };
}

/** A stretch of a step's text, with its heat, what is wrong of its arithmetic and what is found in it marked. */
export function markedText(
  { text, hazards, findings = NO_FINDINGS, hits = NO_SPANS, currentHit }: TokenTextProps,
  stretch: Stretch,
): ReactNode {
  const heat: Draw = (part) =>
    hazards === undefined ? withControlCodes(text.slice(...part)) : heated(text, hazards, part);
  const found = hits.map((span) => hitMark(span, span.start === currentHit?.start));
  const wrong = findings.filter(({ verdict }) => verdict === "wrong").map(wrongSum);
  return drawMarks(stretch, wrong, (part) => drawMarks(part, found, heat));
}

/** Drawn anew only when what it shows is another: a row that is pointed at keeps its text. */
export const TokenText = memo(function TokenText(props: TokenTextProps) {
  return (
    <p className="text-base break-words whitespace-pre-wrap">{markedText(props, [0, props.text.length])}</p>
  );
});

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
