import { filterList } from "../../actions/show-record.ts";
import { useCollection } from "../../state/collection.ts";
import { LABEL_FILTERS } from "../../state/record-filter.ts";
import { useWorkspace } from "../../state/workspace.ts";
import { plural } from "../../ui/format-number.ts";
import { Select } from "../../ui/select.tsx";
import { useRunOf } from "./use-record-runs.ts";

interface ListFilterProps {
  /** How many chains are listed. */
  readonly count: number;
  readonly hasLabels: boolean;
}

/** Narrows the list by text and by labels, and says how much is left. */
export function ListFilter({ count, hasLabels }: ListFilterProps) {
  const filter = useCollection((state) => state.filter);
  const isFiltered = filter.find.trim() !== "" || filter.labels !== "all";
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
      <label className="flex items-center gap-2 text-xs text-ink-2">
        Find
        <input
          type="search"
          value={filter.find}
          placeholder="in ids and problems"
          onChange={(event) => filterList({ find: event.target.value })}
          className="h-7 w-48 min-w-0 rounded-md border border-line-strong bg-raised px-2 text-xs text-ink placeholder:text-ink-3"
        />
      </label>
      {hasLabels && (
        <Select
          label="Show"
          options={LABEL_FILTERS}
          value={filter.labels}
          onChange={(labels) => filterList({ labels })}
        />
      )}
      <p role="status" className="text-xs text-ink-2">
        {isFiltered && (
          <>
            {plural(count, "chain")} listed
            {filter.labels === "disputed" && count === 0 && <WhyNone />}
          </>
        )}
      </p>
    </div>
  );
}

/** That nothing is listed need not mean that model and source agree. */
function WhyNone() {
  const records = useCollection((state) => state.records);
  const ownCut = useWorkspace((state) => state.ownCut);
  const runOf = useRunOf(records, ownCut);
  return records.some((record) => runOf(record) !== undefined) ? null : ": no chain is scored yet";
}
