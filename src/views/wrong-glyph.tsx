export type WrongKind = "drop" | "no-return" | "recovered";

/** An arrow down, a barred circle, an arrow that turns back. Drawn about (0, 0), at most 10 units wide. */
const SHAPES: Readonly<Record<WrongKind, string>> = {
  drop: "M-4 -4L3.5 3.5M3.5 -2V3.5H-2",
  "no-return": "M4.5 0A4.5 4.5 0 1 1 -4.5 0A4.5 4.5 0 1 1 4.5 0M-3 -3L3 3",
  recovered: "M-1 -4.5L-4 -1.5L-1 1.5M-4 -1.5H1A2.75 2.75 0 0 1 1 4H-2",
};

const STROKES: Readonly<Record<WrongKind, string>> = {
  drop: "var(--bad)",
  "no-return": "var(--bad)",
  recovered: "var(--good)",
};

/** In the place of "no return" where the steps behind it are good. */
export const NOT_TAKEN_BACK = {
  name: "not taken back",
  meaning:
    "The steps behind this bad one are good again, each by itself; but none takes it back, so that its error may still stand",
} as const;

export const WRONG_WORDS: Readonly<Record<WrongKind, { readonly name: string; readonly meaning: string }>> = {
  drop: {
    name: "first drop",
    meaning:
      "The first step whose reward falls more than three quarters of the way from the mean of the steps before it to the threshold, or below the threshold",
  },
  "no-return": {
    name: "no return",
    meaning:
      "From this bad step on the chain does not come back: no two steps in a row reach the threshold again. Said of no last step, which has nothing behind it",
  },
  recovered: {
    name: "recovered dip",
    meaning: "A stretch below the threshold that the chain came back from",
  },
};

/** Inside an SVG. */
export function WrongMark({
  kind,
  x,
  y,
}: {
  readonly kind: WrongKind;
  readonly x: number;
  readonly y: number;
}) {
  return (
    <path
      data-wrong={kind}
      d={SHAPES[kind]}
      transform={`translate(${x.toFixed(1)} ${y})`}
      fill="none"
      stroke={STROKES[kind]}
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}

/** In a line of text. */
export function WrongGlyph({ kind }: { readonly kind: WrongKind }) {
  return (
    <svg aria-hidden="true" viewBox="-6 -6 12 12" className="size-3 shrink-0">
      <WrongMark kind={kind} x={0} y={0} />
    </svg>
  );
}
