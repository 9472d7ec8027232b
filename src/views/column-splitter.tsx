import { keepPanes, resize } from "../actions/panes.ts";
import { type Column, PANE_WIDTHS, usePanes } from "../state/panes.ts";
import { Splitter } from "../ui/splitter.tsx";

interface ColumnSplitterProps {
  readonly column: Column;
  readonly edge: "left" | "right";
  readonly label: string;
}

/** The edge of a side column, which keeps its width for the next visit. */
export function ColumnSplitter({ column, edge, label }: ColumnSplitterProps) {
  const width = usePanes((state) => state[column]);
  const { least, most, default: usual } = PANE_WIDTHS[column];
  return (
    <Splitter
      label={label}
      value={width}
      min={least}
      max={most}
      edge={edge}
      onChange={(value) => resize(column, value)}
      onReset={() => resize(column, usual)}
      onSettle={keepPanes}
    />
  );
}
