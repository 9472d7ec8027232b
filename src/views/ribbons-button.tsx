import { Spline } from "lucide-react";
import { toggleRibbons } from "../actions/read-chain.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { READING_KEYS } from "./reading-keys.ts";

/** To the ribbons from thinking to response. */
export function RibbonsButton() {
  return (
    <IconButton
      label="Thinking to response"
      title={`Which thought each response step came from (${READING_KEYS.ribbons})`}
      onClick={toggleRibbons}
      icon={<Spline aria-hidden className="size-3.5" />}
    />
  );
}
