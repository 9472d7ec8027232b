/** Plays through the steps, one after the other, for those who watch. */
import type { Milliseconds } from "../core/units.ts";
import { nextSpeed, playbackStore } from "../state/playback.ts";
import { runsStore } from "../state/runs.ts";
import { viewStore } from "../state/view-state.ts";
import { select } from "./navigate.ts";

/** A step's time on the screen at the slowest: long enough to read a line. */
const STEP_TIME: Milliseconds = 1600;

let timer: ReturnType<typeof setTimeout> | undefined;

export function togglePlayback(): void {
  if (playbackStore.getState().isPlaying) {
    pausePlayback();
  } else {
    startPlayback();
  }
}

export function changeSpeed(): void {
  playbackStore.setState((state) => ({ speed: nextSpeed(state) }));
}

/** From the selected step on, or from the first when that is the last. */
function startPlayback(): void {
  const trace = runsStore.getState().current?.trace;
  const count = trace?.steps.length ?? 0;
  if (trace === undefined || count === 0) {
    return;
  }
  const { selected = -1 } = viewStore.getState();
  select(selected + 1 >= count ? 0 : Math.max(selected, 0), "keys");
  playbackStore.setState({ isPlaying: true });
  const advance = () => {
    const next = (viewStore.getState().selected ?? -1) + 1;
    // Another chain is not played because this one was.
    if (next >= count || runsStore.getState().current?.trace !== trace) {
      pausePlayback();
      return;
    }
    select(next, "keys");
    wait();
  };
  const wait = () => {
    timer = setTimeout(advance, STEP_TIME / playbackStore.getState().speed);
  };
  wait();
}

function pausePlayback(): void {
  clearTimeout(timer);
  playbackStore.setState({ isPlaying: false });
}
