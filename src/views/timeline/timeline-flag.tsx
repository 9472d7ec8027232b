import { usePlotArea } from "recharts";
import type { StepWindow } from "../../core/step-window.ts";
import type { StepIndex } from "../../core/units.ts";
import { stepScale } from "../step-scale.ts";

const WIDTH = 50;
const HEIGHT = 16;
/** From the line it belongs to. */
const GAP = 4;

interface FirstErrorFlagProps {
  readonly index: StepIndex;
  readonly window: StepWindow;
}

/** Says in words where the chain breaks, on whichever side has room, on a ground that hides what is behind. */
export function FirstErrorFlag({ index, window }: FirstErrorFlagProps) {
  const plot = usePlotArea();
  const scale = plot && stepScale(plot, window);
  if (plot === undefined || !scale?.has(index)) {
    return null;
  }
  const x = scale.xOf(index);
  const left = x + GAP + WIDTH > plot.x + plot.width ? x - GAP - WIDTH : x + GAP;
  return (
    <g pointerEvents="none">
      <line
        x1={x}
        x2={x}
        y1={plot.y}
        y2={plot.y + plot.height}
        stroke="var(--bad)"
        strokeWidth={1}
        strokeOpacity={0.6}
      />
      <path d={`M${x} ${plot.y + 5}l-4.5 -7h9z`} fill="var(--bad)" />
      <rect x={left} y={plot.y} width={WIDTH} height={HEIGHT} rx={3} fill="var(--surface)" />
      <text
        x={left + WIDTH / 2}
        y={plot.y + 12}
        textAnchor="middle"
        fontSize={11}
        fontWeight={600}
        fill="var(--bad)"
      >
        first bad
      </text>
    </g>
  );
}
