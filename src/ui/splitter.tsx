import type { KeyboardEvent, PointerEvent } from "react";

interface SplitterProps {
  readonly label: string;
  /** Width of the column, or height of the pane, it belongs to, in CSS pixels. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Which edge it is. */
  readonly edge: "left" | "right" | "bottom";
  /** With every move of a drag. */
  readonly onChange: (value: number) => void;
  readonly onReset: () => void;
  /** The size is what it is going to be: a drag has ended, a key was pressed, or it was put back. */
  readonly onSettle: () => void;
}

const KEY_STEP = 16;
const GROWING_KEYS: readonly string[] = ["ArrowRight", "ArrowDown"];
const SHRINKING_KEYS: readonly string[] = ["ArrowLeft", "ArrowUp"];

const PLACES = {
  left: "inset-y-0 -left-1 h-auto w-2 cursor-col-resize",
  right: "inset-y-0 -right-1 h-auto w-2 cursor-col-resize",
  bottom: "inset-x-0 -bottom-1 h-2 cursor-row-resize",
} as const;

/** The edge of a column or a pane, to be dragged or moved by arrow keys; a double click puts it back. */
export function Splitter({ label, value, min, max, edge, onChange, onReset, onSettle }: SplitterProps) {
  // Dragged to the right a column grows when this is its right edge.
  const sign = edge === "left" ? -1 : 1;
  const placeOf = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) =>
    edge === "bottom" ? clientY : clientX;
  const onPointerDown = (event: PointerEvent<HTMLHRElement>) => {
    const bar = event.currentTarget;
    const from = placeOf(event);
    const move = (moved: globalThis.PointerEvent) => {
      if (moved.buttons === 0) {
        // The button was let go where the page did not hear of it.
        end();
      } else {
        onChange(value + sign * (placeOf(moved) - from));
      }
    };
    const end = () => {
      bar.removeEventListener("pointermove", move);
      bar.removeEventListener("lostpointercapture", end);
      onSettle();
    };
    if (event.button !== 0) {
      return;
    }
    bar.setPointerCapture(event.pointerId);
    bar.addEventListener("pointermove", move);
    bar.addEventListener("lostpointercapture", end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = GROWING_KEYS.includes(event.key) ? 1 : SHRINKING_KEYS.includes(event.key) ? -1 : 0;
    if (direction !== 0) {
      event.preventDefault();
      onChange(value + direction * sign * KEY_STEP);
      onSettle();
    }
  };
  return (
    <hr
      aria-label={label}
      aria-orientation={edge === "bottom" ? "horizontal" : "vertical"}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={() => {
        onReset();
        onSettle();
      }}
      className={`absolute z-10 m-0 touch-none border-0 bg-transparent transition-colors hover:bg-accent/20 ${PLACES[edge]}`}
    />
  );
}
