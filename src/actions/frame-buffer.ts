/** Fires even when no frame comes, as in a tab in the background. */
const LONGEST_WAIT_MS = 250;

/**
 * Collects events and hands them on once an animation frame, so a burst costs one store write.
 * `flush` hands on what is left, at once.
 *
 * @param interval Milliseconds between two hand-overs at least; for what is costly to draw.
 */
export function createFrameBuffer<Event>(handle: (events: readonly Event[]) => void, interval = 0) {
  let events: Event[] = [];
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushed = Number.NEGATIVE_INFINITY;

  const flush = () => {
    if (frame !== undefined) {
      cancelAnimationFrame(frame);
      frame = undefined;
    }
    clearTimeout(timer);
    timer = undefined;
    flushed = performance.now();
    if (events.length > 0) {
      const collected = events;
      events = [];
      handle(collected);
    }
  };
  const push = (event: Event) => {
    events.push(event);
    if (timer !== undefined) {
      return;
    }
    const wait = flushed + interval - performance.now();
    if (wait > 0) {
      timer = setTimeout(flush, wait);
    } else {
      frame = requestAnimationFrame(flush);
      timer = setTimeout(flush, LONGEST_WAIT_MS);
    }
  };
  return { push, flush };
}
