/** What a turn of the wheel over the timeline does. Small turns add up: a window is whole steps. */

/** What was turned and has not moved anything yet. */
export interface WheelTravel {
  /** Natural logarithm of a zoom factor. */
  readonly zoom: number;
  /** In steps. */
  readonly pan: number;
}

export type WheelTurn = Pick<
  WheelEvent,
  "deltaX" | "deltaY" | "deltaMode" | "ctrlKey" | "metaKey" | "shiftKey"
>;

interface Shown {
  /** Width of a step. */
  readonly pixels: number;
  /** How many steps are shown. */
  readonly shown: number;
  readonly isZoomed: boolean;
}

/** A notch of a wheel, 100 pixels in Chromium, shows a fifth more or less. */
const ZOOM_PER_PIXEL = 0.002;
/** By `deltaMode`: pixels, lines, pages. */
const PIXELS_PER_DELTA = [1, 16, 400] as const;

export interface WheelOutcome {
  readonly left: WheelTravel;
  /** How many times as many steps to show. */
  readonly factor?: number;
  /** Whole steps to move by. */
  readonly steps?: number;
}

/** @returns undefined when the turn is the page's: then it scrolls */
export function wheelTravel(
  turn: WheelTurn,
  left: WheelTravel,
  { pixels, shown, isZoomed }: Shown,
): WheelOutcome | undefined {
  const unit = PIXELS_PER_DELTA[turn.deltaMode] ?? 1;
  if (turn.ctrlKey || turn.metaKey) {
    const zoom = left.zoom + turn.deltaY * unit * ZOOM_PER_PIXEL;
    const factor = Math.exp(zoom);
    const isEnough = Math.abs(shown * (factor - 1)) >= 1;
    return isEnough ? { left: { zoom: 0, pan: 0 }, factor } : { left: { zoom, pan: 0 } };
  }
  const isSideways = turn.shiftKey || Math.abs(turn.deltaX) > Math.abs(turn.deltaY);
  if (!isSideways || !isZoomed) {
    return undefined;
  }
  // With Shift some browsers turn the wheel's axis, others leave it.
  const delta = turn.deltaX === 0 ? turn.deltaY : turn.deltaX;
  const pan = left.pan + (delta * unit) / pixels;
  const steps = Math.trunc(pan);
  return { left: { zoom: 0, pan: pan - steps }, ...(steps === 0 ? {} : { steps }) };
}
