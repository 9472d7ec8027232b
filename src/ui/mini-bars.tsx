import { divergingBin } from "./diverging-scale.ts";
import { type AxisRange, axisShare, barEnds } from "./value-axis.ts";

interface MiniBarsProps {
  readonly values: readonly (number | undefined)[];
  readonly pivot: number;
  /** Of the values. */
  readonly range: AxisRange;
  readonly label: string;
  readonly height?: number;
}

const WIDTH = 240;
const MOST_BARS = 80;
const THICKEST = 20;
const SHORTEST_BAR = 2;

/** Takes the lowest value of each bucket: what goes wrong must survive thinning. */
function thin(values: readonly (number | undefined)[]): readonly (number | undefined)[] {
  if (values.length <= MOST_BARS) {
    return values;
  }
  return Array.from({ length: MOST_BARS }, (_, bar) => {
    const from = Math.floor((bar * values.length) / MOST_BARS);
    const to = Math.floor(((bar + 1) * values.length) / MOST_BARS);
    const known = values.slice(from, to).filter((value) => value !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  });
}

export function MiniBars({ values, pivot, range, label, height = 32 }: MiniBarsProps) {
  const bars = thin(values);
  const pitch = Math.min(THICKEST + 2, WIDTH / Math.max(1, bars.length));
  const zero = Math.min(height - 0.5, (1 - axisShare(0, range)) * height);
  const thickness = Math.max(1, pitch - (pitch > 4 ? 2 : 0.5));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      <line x1={0} x2={WIDTH} y1={zero} y2={zero} stroke="var(--line)" />
      {bars.map((value, index) => {
        if (value === undefined) {
          return null;
        }
        const [bottom = 0, top = 0] = barEnds(value, range).map((share) => (1 - share) * height);
        const length = Math.max(SHORTEST_BAR, bottom - top);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its position
            key={index}
            data-bin={divergingBin(value, pivot)}
            x={index * pitch}
            width={thickness}
            y={value < 0 ? top : bottom - length}
            height={length}
            rx={Math.min(1.5, thickness / 3)}
            fill="var(--bin-mark)"
          />
        );
      })}
    </svg>
  );
}
