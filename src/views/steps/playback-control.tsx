import { Pause, Play } from "lucide-react";
import { changeSpeed, togglePlayback } from "../../actions/playback.ts";
import { usePlayback } from "../../state/playback.ts";
import { Button } from "../../ui/button.tsx";

/** Plays through the steps, for demos. */
export function PlaybackControl() {
  const isPlaying = usePlayback((state) => state.isPlaying);
  const speed = usePlayback((state) => state.speed);
  const Icon = isPlaying ? Pause : Play;
  return (
    <span className="flex items-center print:hidden">
      <Button
        kind="quiet"
        className="size-7 p-0"
        aria-label={isPlaying ? "Pause" : "Play through the steps"}
        title={isPlaying ? "Pause (Space)" : "Play through the steps (Space)"}
        icon={<Icon aria-hidden className="size-3.5" />}
        onClick={togglePlayback}
      />
      {isPlaying && (
        <Button
          kind="quiet"
          className="h-7 px-1.5 text-xs tabular-nums"
          aria-label={`Speed ${speed}×`}
          title="Another speed"
          onClick={changeSpeed}
        >
          {speed}×
        </Button>
      )}
    </span>
  );
}
