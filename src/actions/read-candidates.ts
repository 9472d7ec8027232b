/** Reads the candidates of a pasted text: chains between separator lines, or a list in any layout that files have. */
import { splitCandidates } from "../core/best-of/split-candidates.ts";
import type { ChainRecord } from "../core/chain-record.ts";
import { AppError } from "../core/errors.ts";
import type { RowProblem } from "../core/intake.ts";
import { readText } from "../formats/read-text.ts";
import { text as plainText } from "../formats/text.ts";

export interface CandidateList {
  readonly records: readonly ChainRecord[];
  /** Rows that gave none. */
  readonly problems: readonly RowProblem[];
}

/** Never throws. */
export function readCandidates(text: string, problem: string): CandidateList {
  return readList(text, problem) ?? { records: fromTexts(splitCandidates(text), problem), problems: [] };
}

function fromTexts(chains: readonly string[], problem: string): readonly ChainRecord[] {
  return chains.map((chain, index) => ({ id: String(index + 1), problem, chain, rest: {} }));
}

/** Whether a text looks like a list of records, or of texts. */
export function looksLikeList(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** @returns undefined for text that is no data: one that only begins like it, as a set in LaTeX does. */
function readList(text: string, problem: string): CandidateList | undefined {
  if (!looksLikeList(text)) {
    return undefined;
  }
  const texts = parseTexts(text);
  if (texts !== undefined) {
    const chains = texts.filter((chain) => chain.trim() !== "");
    return { records: fromTexts(chains, problem), problems: [] };
  }
  try {
    const { records, report } = readText(text, "candidates");
    return report.format === plainText.id
      ? undefined
      : {
          records: records.map((record) => (record.problem.trim() === "" ? { ...record, problem } : record)),
          problems: report.problems,
        };
  } catch (thrown) {
    return { records: [], problems: [{ message: AppError.from(thrown).message }] };
  }
}

/** A JSON list of texts alone. */
function parseTexts(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}
