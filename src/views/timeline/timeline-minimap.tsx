import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useRef } from "react";
import { centreOn, moveEdge, panBy, panTo, showAllSteps, showSteps } from "../../actions/timeline-window.ts";
import { type StepWindow, widthOf, windowBetween } from "../../core/step-window.ts";
import { findInRun, useFind } from "../../state/find.ts";
import type { Inspection } from "../../state/inspection.ts";
import type { Reading } from "../../state/reading.ts";
import type { Run } from "../../state/runs.ts";
import { useView } from "../../state/view-state.ts";
import { BINS } from "../../ui/diverging-scale.ts";
import { formatCount } from "../../ui/format-number.ts";
import { minimapBars, minimapTicks } from "./minimap-paths.ts";

interface TimelineMinimapProps {
  readonly run: Run;
  readonly inspection: Inspection;
  readonly reading: Reading;
  readonly window: StepWindow;
}

/** A drag under way: what it moves. */
type Drag =
  | { readonly kind: "from" | "to" }
  /** Where in the window it was taken, in steps. */
  | { readonly kind: "pan"; readonly grip: number }
  /** A new window, drawn from a position. */
  | { readonly kind: "draw"; readonly at: number; readonly x: number };

/** A hand that clicks may move this far, in CSS pixels. */
const CLICK_SLOP = 4;
/** Height of the drawing, in its own units. */
const HEIGHT = 100;

/** The whole chain, and on it the window that the timeline below shows. */
export function TimelineMinimap({ run, inspection, reading, window }: TimelineMinimapProps) {
  const { rewards, firstError } = inspection;
  const count = rewards.length;
  const isZoomed = widthOf(window) < count;
  const drag = useRef<Drag>(undefined);
  const positionAt = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * count;
  };
  const begin = (event: PointerEvent<HTMLElement>): Drag => {
    const edge = event.target instanceof Element ? event.target.getAttribute("data-edge") : null;
    if (edge === "from" || edge === "to") {
      return { kind: edge };
    }
    const at = positionAt(event);
    if (!isZoomed) {
      return { kind: "draw", at, x: event.clientX };
    }
    const isInside = at >= window.from && at <= window.to;
    if (!isInside) {
      centreOn(at);
    }
    return { kind: "pan", grip: isInside ? at - window.from : widthOf(window) / 2 };
  };
  const percent = (at: number) => `${(at / count) * 100}%`;
  return (
    <section
      aria-label="Map of all steps"
      title="Drag to move over the chain, double-click to see all of it"
      className="relative mt-2 mr-10 mb-1 ml-[34px] h-8 cursor-pointer touch-none rounded-sm bg-sunken select-none"
      onPointerDown={(event) => {
        if (event.button === 0) {
          drag.current = begin(event);
          event.currentTarget.setPointerCapture(event.pointerId);
        }
      }}
      onPointerMove={(event) => {
        if (event.buttons === 0) {
          // The button was let go where the page did not hear of it.
          drag.current = undefined;
        }
        const { current } = drag;
        if (current === undefined) {
          return;
        }
        const at = positionAt(event);
        if (current.kind === "pan") {
          panTo(at - current.grip);
        } else if (current.kind !== "draw") {
          moveEdge(current.kind, at);
        } else if (Math.abs(event.clientX - current.x) > CLICK_SLOP) {
          showSteps(windowBetween(current.at, at, count));
        }
      }}
      // Also when the pointer is let go or taken away.
      onLostPointerCapture={() => {
        drag.current = undefined;
      }}
      onDoubleClick={showAllSteps}
    >
      <MinimapDrawing inspection={inspection}>
        <MinimapHits run={run} inspection={inspection} reading={reading} />
      </MinimapDrawing>
      {firstError >= 0 && (
        <span
          aria-hidden
          data-testid="minimap-first-bad"
          className="pointer-events-none absolute -top-0.5 size-0 -translate-x-1/2 border-x-4 border-t-[6px] border-x-transparent border-t-bad"
          style={{ left: percent(firstError + 0.5) }}
        />
      )}
      {isZoomed && (
        <>
          <span
            aria-hidden
            className="absolute inset-y-0 left-0 bg-surface/70"
            style={{ width: percent(window.from) }}
          />
          <span
            aria-hidden
            className="absolute inset-y-0 right-0 bg-surface/70"
            style={{ width: percent(count - window.to) }}
          />
        </>
      )}
      <WindowSlider
        label="Steps shown"
        className="inset-y-0 cursor-grab rounded-sm border border-ink-3 active:cursor-grabbing"
        style={{ left: percent(window.from), width: percent(widthOf(window)) }}
        value={window.from}
        max={count - widthOf(window)}
        words={`steps ${formatCount(window.from + 1)} to ${formatCount(window.to)} of ${formatCount(count)}`}
        page={widthOf(window)}
        step={Math.max(1, Math.round(widthOf(window) / KEYS_A_WINDOW))}
        onMove={(from) => panBy(from - window.from)}
      />
      <WindowSlider
        label="First step shown"
        edge="from"
        className={EDGE}
        style={{ left: percent(window.from) }}
        value={window.from}
        max={window.to}
        words={`step ${formatCount(window.from + 1)}`}
        page={count / KEYS_A_WINDOW}
        step={1}
        onMove={(at) => moveEdge("from", at)}
      />
      <WindowSlider
        label="Last step shown"
        edge="to"
        className={EDGE}
        style={{ left: percent(window.to) }}
        value={window.to}
        max={count}
        words={`step ${formatCount(window.to)}`}
        page={count / KEYS_A_WINDOW}
        step={1}
        onMove={(at) => moveEdge("to", at)}
      />
    </section>
  );
}

/** So many presses of an arrow key move a window by its own width. */
const KEYS_A_WINDOW = 10;
const EDGE =
  "inset-y-0 w-2.5 -translate-x-1/2 cursor-ew-resize before:absolute before:inset-y-1.5 before:left-[3px] before:w-1 before:rounded-full before:bg-ink-2";

interface WindowSliderProps {
  readonly label: string;
  readonly edge?: "from" | "to";
  readonly className: string;
  readonly style: { readonly left: string; readonly width?: string };
  readonly value: number;
  readonly max: number;
  /** What the value is, read aloud. */
  readonly words: string;
  /** What a press of Page Up or Down moves by, and what one of an arrow key. */
  readonly page: number;
  readonly step: number;
  readonly onMove: (value: number) => void;
}

function WindowSlider({ label, edge, value, max, words, page, step, onMove, ...look }: WindowSliderProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: value - step,
      ArrowDown: value - step,
      ArrowRight: value + step,
      ArrowUp: value + step,
      PageDown: value - page,
      PageUp: value + page,
      Home: 0,
      End: max,
    };
    const to = moves[event.key];
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      onMove(to);
    }
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={words}
      data-edge={edge}
      onKeyDown={onKeyDown}
      className={`absolute ${look.className}`}
      style={look.style}
    />
  );
}

interface MinimapDrawingProps {
  readonly inspection: Inspection;
  readonly children: ReactNode;
}

/** A handful of paths in units of steps, which are stretched to the width there is. */
function MinimapDrawing({ inspection, children }: MinimapDrawingProps) {
  const { rewards, threshold, range } = inspection;
  const bars = useMemo(() => minimapBars(rewards, threshold, range, HEIGHT), [rewards, threshold, range]);
  const selected = useView((state) => state.selected);
  return (
    <svg
      aria-hidden
      className="pointer-events-none absolute inset-0 size-full"
      viewBox={`0 0 ${rewards.length} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      {BINS.map((bin) => (
        <path key={bin} data-bin={bin} d={bars.get(bin) ?? ""} fill="var(--bin-mark)" fillOpacity={0.7} />
      ))}
      {children}
      {selected !== undefined && (
        <path
          d={minimapTicks([selected], 0, HEIGHT)}
          stroke="var(--ink)"
          strokeWidth={1}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

/** Reads what is found by itself, so that typing it redraws its marks alone. */
function MinimapHits({ run, inspection, reading }: Omit<TimelineMinimapProps, "window">) {
  const find = useFind((state) => state);
  const outcome = findInRun(find, run, inspection, reading);
  const steps = outcome.kind === "found" ? [...outcome.found.spans.keys()] : [];
  return (
    <path
      data-testid="minimap-hits"
      data-count={steps.length}
      d={minimapTicks(steps, HEIGHT * 0.7, HEIGHT)}
      stroke="var(--hit-mark)"
      strokeWidth={2}
      vectorEffect="non-scaling-stroke"
    />
  );
}
