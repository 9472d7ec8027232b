import type { KeyboardEvent, PointerEvent } from "react";

interface SplitterProps {
  readonly label: string;
  /** Width of the column it belongs to, in CSS pixels. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Which edge of its column it is. */
  readonly edge: "left" | "right";
  /** With every move of a drag. */
  readonly onChange: (value: number) => void;
  readonly onReset: () => void;
  /** The width is what it is going to be: a drag has ended, a key was pressed, or it was put back. */
  readonly onSettle: () => void;
}

const KEY_STEP = 16;

/** The edge of a column, to be dragged or moved by arrow keys; a double click puts it back. */
export function Splitter({ label, value, min, max, edge, onChange, onReset, onSettle }: SplitterProps) {
  // Dragged to the right a column grows when this is its right edge.
  const sign = edge === "right" ? 1 : -1;
  const onPointerDown = (event: PointerEvent<HTMLHRElement>) => {
    const bar = event.currentTarget;
    const from = event.clientX;
    const move = (moved: globalThis.PointerEvent) => {
      if (moved.buttons === 0) {
        // The button was let go where the page did not hear of it.
        end();
      } else {
        onChange(value + sign * (moved.clientX - from));
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
    const direction = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (direction !== 0) {
      event.preventDefault();
      onChange(value + direction * sign * KEY_STEP);
      onSettle();
    }
  };
  return (
    <hr
      aria-label={label}
      aria-orientation="vertical"
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
      className={`absolute inset-y-0 z-10 m-0 h-auto w-2 cursor-col-resize touch-none border-0 bg-transparent transition-colors hover:bg-accent/20 ${edge === "right" ? "-right-1" : "-left-1"}`}
    />
  );
}
