/** What the source of a chain says of it, beside what a model says. */
import { type ChainRecord, stepLabels } from "./chain-record.ts";
import type { StepIndex } from "./units.ts";

/** The first step that the source calls wrong, -1 for none; undefined where it has not judged every step before it. */
export function sourceFirstError(record: ChainRecord): StepIndex | undefined {
  const { firstError, labels = [] } = record;
  if (firstError !== undefined) {
    return firstError;
  }
  const first = labels.indexOf("bad");
  const judged = first < 0 ? labels : labels.slice(0, first);
  return labels.length === 0 || judged.includes(null) ? undefined : first;
}

/**
 * Whether a model's first bad step is another one than the source's. Where the chain came uncut its steps are not
 * those of the source: then only whether there is one can differ.
 * @param first The model's, -1 for none.
 */
export function differsFromSource(record: ChainRecord, first: StepIndex): boolean {
  const said = sourceFirstError(record);
  if (said === undefined) {
    return false;
  }
  return stepLabels(record).length > 0 ? said !== first : said < 0 !== first < 0;
}
