/** Fires even when no frame comes, as in a tab in the background. */
const LONGEST_WAIT_MS = 250;

/**
 * Collects events and hands them on once an animation frame, so a burst costs one store write.
 * `flush` hands on what is left, at once.
 */
export function createFrameBuffer<Event>(handle: (events: readonly Event[]) => void) {
  let events: Event[] = [];
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    if (frame !== undefined) {
      cancelAnimationFrame(frame);
      frame = undefined;
    }
    clearTimeout(timer);
    timer = undefined;
    if (events.length > 0) {
      const collected = events;
      events = [];
      handle(collected);
    }
  };
  const push = (event: Event) => {
    events.push(event);
    if (frame === undefined) {
      frame = requestAnimationFrame(flush);
      timer = setTimeout(flush, LONGEST_WAIT_MS);
    }
  };
  return { push, flush };
}
