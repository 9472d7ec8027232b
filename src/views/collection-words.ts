/** What the page says about what was read: what it was taken for, what its source says, and what could not be read. */
import { type ChainRecord, MAX_CHAIN_CHARS } from "../core/chain-record.ts";
import type { WireError } from "../core/errors.ts";
import type { FileReport, RowProblem } from "../core/intake.ts";
import type { Collection } from "../state/collection.ts";
import { formatCount, plural } from "../ui/format-number.ts";

const PERCENT = 100;

const REASONS: Readonly<Record<string, string>> = {
  empty: "There is no text in it.",
  "too-large": `It has more than ${formatCount(MAX_CHAIN_CHARS)} characters; no chain of thought is that long.`,
  unreadable: "It could not be read as text.",
};

export function refusalWords({ message, details: { why } }: WireError): string {
  const known = typeof why === "string" ? REASONS[why] : undefined;
  return known ?? `${message}${/[.!?]$/.test(message) ? "" : "."}`;
}

function formatNames(reports: readonly FileReport[]): string {
  const read = reports.filter(({ recordCount }) => recordCount > 0);
  return [...new Set(read.map(({ label }) => label))].join(", ");
}

/** E.g. "ProcessBench, 3 chains, labels on 2". */
export function detectedWords({ records, labelledCount, reports, reading, isCut }: Collection): string {
  const counts = [
    plural(records.length, "chain"),
    ...(labelledCount > 0 ? [`labels on ${formatCount(labelledCount)}`] : []),
  ].join(", ");
  if (reading !== undefined) {
    const { bytesDone, bytesTotal } = reading;
    const share = bytesTotal > 0 ? Math.floor((PERCENT * bytesDone) / bytesTotal) : 0;
    return `Reading, ${share} %: ${counts} so far`;
  }
  return isCut ? `Reading was stopped after ${counts}` : `${formatNames(reports)}, ${counts}`;
}

/** What the source says about the steps; undefined when that is nothing. */
export function labelWords(record: ChainRecord): string | undefined {
  const { firstError, labels = [] } = record;
  if (firstError !== undefined) {
    return firstError < 0 ? "no error" : `first error at step ${firstError + 1}`;
  }
  const known = labels.filter((label) => label !== null);
  const bad = known.filter((label) => label === "bad").length;
  return known.length === 0
    ? undefined
    : `${formatCount(bad)} of ${plural(known.length, "labelled step")} bad`;
}

export function answerWords({ isCorrect }: ChainRecord): string | undefined {
  return isCorrect === undefined ? undefined : isCorrect ? "right" : "wrong";
}

/**
 * One sentence with all that the source says about a chain; undefined when it says nothing.
 * @param stepCount How many steps are on the page.
 */
export function sourceWords(record: ChainRecord, stepCount: number): string | undefined {
  const answer = answerWords(record);
  const labels = labelWords(record);
  const { chain } = record;
  const own = typeof chain === "string" ? stepCount : chain.thinking.length + chain.response.length;
  const counted = own === stepCount ? "" : ` as it counts ${plural(own, "step")}`;
  const said = [labels && `${labels}${counted}`, answer && `final answer ${answer}`].filter(
    (words) => words !== undefined,
  );
  return said.length === 0 ? undefined : `The source says: ${said.join(", ")}.`;
}

/** @param name The file's, where there are several. */
export function problemWords({ row, message }: RowProblem, name: string | undefined): string {
  const where = [name, row === undefined ? undefined : `row ${formatCount(row)}`];
  return [...where, message].filter((words) => words !== undefined).join(": ");
}

/** E.g. "2 rows and 1 file could not be read"; undefined when all could, to the end. */
export function problemCountWords(reports: readonly FileReport[]): string | undefined {
  const count = reports.reduce((sum, { problemCount }) => sum + problemCount, 0);
  // What ends a file is no row of it, and is always listed.
  const files = reports.filter(({ problems }) => problems.some(({ row }) => row === undefined)).length;
  const rows = count - files;
  const parts = [...(rows > 0 ? [plural(rows, "row")] : []), ...(files > 0 ? [plural(files, "file")] : [])];
  return parts.length === 0 ? undefined : `${parts.join(" and ")} could not be read`;
}
