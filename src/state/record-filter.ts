/** Which records of a collection the list shows. */
import type { ChainRecord } from "../core/chain-record.ts";

/** By what the source says of the steps, and a model. */
export const LABEL_FILTERS = [
  { id: "all", label: "All" },
  { id: "error", label: "With an error" },
  { id: "right", label: "Without an error" },
  { id: "unlabelled", label: "Without labels" },
  { id: "disputed", label: "Model and source disagree" },
] as const;

export interface RecordFilter {
  /** Text that the id or the problem holds, in any case. */
  readonly find: string;
  readonly labels: (typeof LABEL_FILTERS)[number]["id"];
}

export const NO_FILTER: RecordFilter = { find: "", labels: "all" };

function labelsOf({ firstError, labels = [] }: ChainRecord): RecordFilter["labels"] {
  if ((firstError ?? -1) >= 0 || labels.includes("bad")) {
    return "error";
  }
  // Without a first error the source has not judged every step.
  return firstError === undefined ? "unlabelled" : "right";
}

/**
 * @param isDisputed Whether a model that scored the record says another thing than its source.
 * @returns indices of the records that pass, in order; undefined when all do, so that nothing is copied
 */
export function filterRecords(
  records: readonly ChainRecord[],
  filter: RecordFilter,
  isDisputed: (record: ChainRecord) => boolean = () => false,
): readonly number[] | undefined {
  const find = filter.find.trim().toLowerCase();
  if (find === "" && filter.labels === "all") {
    return undefined;
  }
  const places: number[] = [];
  for (const [index, record] of records.entries()) {
    const isFound =
      find === "" || record.id.toLowerCase().includes(find) || record.problem.toLowerCase().includes(find);
    const passes =
      filter.labels === "disputed"
        ? isDisputed(record)
        : filter.labels === "all" || labelsOf(record) === filter.labels;
    if (isFound && passes) {
      places.push(index);
    }
  }
  return places;
}
