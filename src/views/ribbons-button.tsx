import { Spline } from "lucide-react";
import { toggleRibbons } from "../actions/read-chain.ts";
import { READING_KEYS } from "./reading-keys.ts";

/** To the ribbons from thinking to response. */
export function RibbonsButton() {
  return (
    <button
      type="button"
      aria-label="Thinking to response"
      title={`Which thought each response step came from (${READING_KEYS.ribbons})`}
      onClick={toggleRibbons}
      className="grid size-6 shrink-0 place-items-center rounded text-ink-3 hover:bg-sunken hover:text-ink print:hidden"
    >
      <Spline aria-hidden className="size-3.5" />
    </button>
  );
}
