import { keepPanes, resize } from "../actions/panes.ts";
import { PANE_SIZES, type SizedPane, usePanes } from "../state/panes.ts";
import { Splitter } from "../ui/splitter.tsx";

interface PaneSplitterProps {
  readonly pane: SizedPane;
  readonly edge: "left" | "right" | "bottom";
  readonly label: string;
  /** What it measures while nobody has chosen a size. */
  readonly measured?: number | undefined;
}

/** The edge of a pane, which keeps its size for the next visit. */
export function PaneSplitter({ pane, edge, label, measured = 0 }: PaneSplitterProps) {
  const size = usePanes((state) => state[pane]);
  const { least, most } = PANE_SIZES[pane];
  return (
    <Splitter
      label={label}
      value={size ?? measured}
      min={least}
      max={most}
      edge={edge}
      onChange={(value) => resize(pane, value)}
      onReset={() => resize(pane, undefined)}
      onSettle={keepPanes}
    />
  );
}
