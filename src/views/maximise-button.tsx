import { Maximize2, Minimize2 } from "lucide-react";
import { maximise } from "../actions/panes.ts";
import { type Pane, usePanes } from "../state/panes.ts";
import { IconButton } from "../ui/icon-button.tsx";

const KEYS = { timeline: "1", steps: "2", detail: "3" } as const satisfies Record<Pane, string>;

/** Gives a pane the whole page, and gives it back. */
export function MaximiseButton({ pane }: { readonly pane: Pane }) {
  const isMaximised = usePanes(({ maximised }) => maximised === pane);
  const Icon = isMaximised ? Minimize2 : Maximize2;
  return (
    <IconButton
      aria-pressed={isMaximised}
      label={`Maximise the ${pane}`}
      title={isMaximised ? `Show all panes (${KEYS[pane]})` : `Maximise the ${pane} (${KEYS[pane]})`}
      icon={<Icon aria-hidden className="size-3.5" />}
      onClick={() => maximise(pane)}
    />
  );
}
