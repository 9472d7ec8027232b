import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { usePlotArea } from "recharts";
import { chooseRange, extendRange } from "../../actions/step-range.ts";
import { panBy, zoomAt } from "../../actions/timeline-window.ts";
import type { StepWindow } from "../../core/step-window.ts";
import type { StepIndex } from "../../core/units.ts";
import { useView } from "../../state/view-state.ts";
import { stepScale } from "../step-scale.ts";
import { type WheelTravel, wheelTravel } from "./wheel-travel.ts";

interface PointerLayerProps {
  readonly window: StepWindow;
  readonly isZoomed: boolean;
  readonly onHover: (index: StepIndex | undefined) => void;
  readonly onSelect: (index: StepIndex) => void;
}

const NARROWEST_CURSOR = 2;
const WIDEST_CURSOR = 44;
/** What lies under the plot and belongs to its steps: the axis and the tracks. */
const BELOW = 60;
/** A hand that clicks may move this far, in CSS pixels. */
const CLICK_SLOP = 4;

interface Drag {
  readonly x: number;
  readonly step: StepIndex;
  isRange: boolean;
  /** Ended: kept for the click that may follow, which chooses no step. */
  isOver: boolean;
}

/**
 * Turns the pointer into a step and draws the cursors. It reads the selection itself, so that moving
 * over the chart redraws two rectangles and not the chart. A drag chooses a range of steps.
 */
export function PointerLayer({ window, isZoomed, onHover, onSelect }: PointerLayerProps) {
  const plot = usePlotArea();
  const selected = useView((state) => state.selected);
  const hovered = useView((state) => state.hovered?.index);
  const ground = useRef<SVGRectElement>(null);
  const drag = useRef<Drag>(undefined);
  useWheelTravel(ground, window, isZoomed);
  if (plot === undefined || window.to === window.from) {
    return null;
  }
  const { pitch, xOf, has } = stepScale(plot, window);
  const width = Math.max(NARROWEST_CURSOR, Math.min(WIDEST_CURSOR, pitch));
  const left = (index: StepIndex) => xOf(index) - width / 2;
  const stepAt = (event: PointerEvent<SVGRectElement>): StepIndex => {
    const at = Math.floor(positionAt(event, event.currentTarget, window));
    return Math.max(window.from, Math.min(window.to - 1, at));
  };
  return (
    <g>
      {hovered !== undefined && has(hovered) && (
        <rect
          x={left(hovered)}
          y={plot.y}
          width={width}
          height={plot.height}
          fill="var(--ink)"
          fillOpacity={0.06}
        />
      )}
      {selected !== undefined && has(selected) && (
        <>
          <rect
            x={left(selected)}
            y={plot.y}
            width={width}
            height={plot.height}
            fill="var(--ink)"
            fillOpacity={0.08}
          />
          <path d={`M${xOf(selected)} ${plot.y + plot.height + 1}l-5 6h10z`} fill="var(--ink)" />
        </>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's shortcut; the list is the accessible way */}
      <rect
        ref={ground}
        x={plot.x}
        y={plot.y}
        width={plot.width}
        height={plot.height + BELOW}
        fill="transparent"
        className="cursor-pointer"
        onPointerDown={(event) => {
          drag.current = undefined;
          // A finger scrolls the page.
          if (event.button === 0 && event.pointerType !== "touch") {
            drag.current = { x: event.clientX, step: stepAt(event), isRange: false, isOver: false };
            event.currentTarget.setPointerCapture(event.pointerId);
          }
        }}
        onPointerMove={(event) => {
          const step = stepAt(event);
          const { current } = drag;
          if (current !== undefined && event.buttons === 0) {
            // The button was let go where the page did not hear of it.
            current.isOver = true;
          }
          if (
            current?.isOver === false &&
            (current.isRange || Math.abs(event.clientX - current.x) > CLICK_SLOP)
          ) {
            current.isRange = true;
            chooseRange({ anchor: current.step, head: step });
          }
          onHover(step);
        }}
        onPointerLeave={() => onHover(undefined)}
        onPointerCancel={() => {
          drag.current = undefined;
        }}
        onLostPointerCapture={() => {
          if (drag.current !== undefined) {
            drag.current.isOver = true;
          }
        }}
        onClick={(event) => {
          const wasRange = drag.current?.isRange === true;
          drag.current = undefined;
          if (wasRange) {
            return;
          }
          // A click is a pointer event in every browser of today; React's type lags behind.
          const step = stepAt(event as PointerEvent<SVGRectElement>);
          if (event.shiftKey) {
            extendRange(step, "chart");
          } else {
            onSelect(step);
          }
        }}
      />
    </g>
  );
}

/** Where a pointer is in the chain, from 0 to the number of steps. */
function positionAt({ clientX }: { readonly clientX: number }, ground: Element, window: StepWindow): number {
  const box = ground.getBoundingClientRect();
  return window.from + ((clientX - box.left) / box.width) * (window.to - window.from);
}

/** With Ctrl or a pinch the wheel zooms round the pointer, with Shift or sideways it pans what is zoomed. */
function useWheelTravel(
  ground: RefObject<SVGRectElement | null>,
  window: StepWindow,
  isZoomed: boolean,
): void {
  const left = useRef<WheelTravel>({ zoom: 0, pan: 0 });
  useEffect(() => {
    const element = ground.current;
    if (element === null) {
      return;
    }
    const onWheel = (event: WheelEvent) => {
      const pixels = element.getBoundingClientRect().width / (window.to - window.from);
      const turned = wheelTravel(event, left.current, { pixels, shown: window.to - window.from, isZoomed });
      if (turned === undefined) {
        return;
      }
      // React's own listener could not keep the browser from zooming the page.
      event.preventDefault();
      left.current = turned.left;
      if (turned.factor !== undefined) {
        zoomAt(turned.factor, positionAt(event, element, window));
      }
      if (turned.steps !== undefined) {
        panBy(turned.steps);
      }
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  });
}
