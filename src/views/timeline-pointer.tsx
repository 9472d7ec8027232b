import type { PointerEvent } from "react";
import { usePlotArea } from "recharts";
import type { StepIndex } from "../core/units.ts";
import { useView } from "../state/view-state.ts";

interface PointerLayerProps {
  readonly count: number;
  readonly onHover: (index: StepIndex | undefined) => void;
  readonly onSelect: (index: StepIndex) => void;
}

const NARROWEST_CURSOR = 2;
const WIDEST_CURSOR = 44;
/** What lies under the plot and belongs to its steps: the axis and the tracks. */
const BELOW = 60;

/**
 * Turns the pointer into a step and draws the cursors. It reads the selection itself, so that moving
 * over the chart redraws two rectangles and not the chart.
 */
export function PointerLayer({ count, onHover, onSelect }: PointerLayerProps) {
  const plot = usePlotArea();
  const selected = useView((state) => state.selected);
  const hovered = useView((state) => state.hovered?.index);
  if (plot === undefined || count === 0) {
    return null;
  }
  const pitch = plot.width / count;
  const width = Math.max(NARROWEST_CURSOR, Math.min(WIDEST_CURSOR, pitch));
  const xOf = (index: StepIndex) => plot.x + (index + 0.5) * pitch - width / 2;
  const stepAt = (event: PointerEvent<SVGRectElement>): StepIndex => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  };
  return (
    <g>
      {hovered !== undefined && hovered < count && (
        <rect
          x={xOf(hovered)}
          y={plot.y}
          width={width}
          height={plot.height}
          fill="var(--ink)"
          fillOpacity={0.06}
        />
      )}
      {selected !== undefined && selected < count && (
        <>
          <rect
            x={xOf(selected)}
            y={plot.y}
            width={width}
            height={plot.height}
            fill="var(--ink)"
            fillOpacity={0.08}
          />
          <path d={`M${xOf(selected) + width / 2} ${plot.y + plot.height + 1}l-5 6h10z`} fill="var(--ink)" />
        </>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's shortcut; the list is the accessible way */}
      <rect
        x={plot.x}
        y={plot.y}
        width={plot.width}
        height={plot.height + BELOW}
        fill="transparent"
        className="cursor-pointer"
        onPointerMove={(event) => onHover(stepAt(event))}
        onPointerLeave={() => onHover(undefined)}
        onClick={(event) => {
          // A click is a pointer event in every browser of today; React's type lags behind.
          onSelect(stepAt(event as PointerEvent<SVGRectElement>));
        }}
      />
    </g>
  );
}
