import { lazy, memo, type ReactNode, Suspense, useMemo } from "react";
import { hasMarkup, type Piece, splitMarkup } from "../../core/markup.ts";
import { heatLevel } from "../../ui/diverging-scale.ts";
import { formatProbability } from "../../ui/format-number.ts";
import { withControlCodes } from "../control-codes.tsx";
import { findingSentence } from "../reading-words.ts";
import { overlapping } from "./overlapping.ts";
import { markedText, TokenText, type TokenTextProps } from "./token-text.tsx";

/** KaTeX and its fonts are fetched when the first formula is drawn. */
const Formula = lazy(() => import("./formula.tsx").then((module) => ({ default: module.Formula })));

/** A step in more pieces is shown as it is written: each is an element or many. */
const MOST_PIECES = 600;

/** A step's text with its mathematics typeset and its code set apart; as it is written where there is neither. */
export const RenderedText = memo(function RenderedText(props: TokenTextProps) {
  const { text } = props;
  const pieces = useMemo(() => splitMarkup(text), [text]);
  if (!hasMarkup(pieces) || pieces.length > MOST_PIECES) {
    return <TokenText {...props} />;
  }
  return (
    <p data-rendered className="text-base break-words whitespace-pre-wrap">
      {pieces.map((piece, index) => (
        <RenderedPiece
          key={piece.start}
          piece={piece}
          before={pieces[index - 1]}
          after={pieces[index + 1]}
          {...props}
        />
      ))}
    </p>
  );
});

const isBlock = (piece: Piece | undefined) => piece?.kind === "display-math" || piece?.kind === "code-block";

interface RenderedPieceProps extends TokenTextProps {
  readonly piece: Piece;
  readonly before: Piece | undefined;
  readonly after: Piece | undefined;
}

function RenderedPiece(props: RenderedPieceProps): ReactNode {
  const { piece, before, after, text } = props;
  const { kind, start, end, body } = piece;
  switch (kind) {
    case "text": {
      // A block brings its own line breaks.
      const from = isBlock(before) && text.charAt(start) === "\n" ? start + 1 : start;
      const to = isBlock(after) && end > from && text.charAt(end - 1) === "\n" ? end - 1 : end;
      return markedText(props, [from, to]);
    }
    case "bold":
      return <strong className="font-semibold">{markedText(props, body)}</strong>;
    case "escaped":
      return markedText(props, body);
    case "inline-code":
      return <code className="rounded bg-sunken px-1 font-mono text-sm">{markedText(props, body)}</code>;
    case "code-block":
      return (
        <code className="my-1 block rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap">
          {markedText(props, body)}
        </code>
      );
    default: {
      const source = text.slice(start, end);
      return (
        <FormulaMarks {...props}>
          <Suspense fallback={<span>{withControlCodes(source)}</span>}>
            <Formula tex={text.slice(...body)} source={source} isDisplay={kind === "display-math"} />
          </Suspense>
        </FormulaMarks>
      );
    }
  }
}

/** Tokens cannot be coloured inside a formula: the whole of it takes the colour of the hottest, and says so. */
function FormulaMarks({
  piece,
  hazards = [],
  findings = [],
  hits = [],
  currentHit,
  children,
}: RenderedPieceProps & { readonly children: ReactNode }) {
  const touches = ({ start, end }: { readonly start: number; readonly end: number }) =>
    start < piece.end && end > piece.start;
  const hottest = overlapping(hazards, piece.start, piece.end).reduce(
    (most, { hazard }) => Math.max(most, hazard),
    0,
  );
  const level = heatLevel(hottest);
  const wrong = findings.find((finding) => finding.verdict === "wrong" && touches(finding));
  const heat = level > 0 ? `hottest token of this formula: hazard ${formatProbability(hottest)}` : "";
  const title = [wrong === undefined ? "" : findingSentence(wrong), heat]
    .filter((words) => words !== "")
    .join("; ");
  const [hit] = overlapping(hits, piece.start, piece.end);
  const isCurrent = currentHit !== undefined && touches(currentHit);
  const content =
    hit === undefined ? children : <mark data-hit={isCurrent ? "current" : "other"}>{children}</mark>;
  return (
    <span
      {...(level > 0 ? { "data-heat": level } : {})}
      {...(wrong === undefined ? {} : { "data-wrong-sum": true })}
      {...(title === "" ? {} : { title })}
    >
      {content}
    </span>
  );
}
