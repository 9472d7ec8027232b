/** Reads the candidates of a text: chains between separator lines, a list of texts, or data of any format. */
import { splitCandidates } from "../core/best-of/split-candidates.ts";
import type { ChainRecord } from "../core/chain-record.ts";
import { AppError } from "../core/errors.ts";
import type { FileReport } from "../core/intake.ts";
import { readText } from "../formats/read-text.ts";
import { text as plainText } from "../formats/text.ts";

export type CandidateList =
  | { readonly kind: "records"; readonly records: readonly ChainRecord[] }
  /** One sentence that says what is wrong, and where. */
  | { readonly kind: "unreadable"; readonly why: string };

const NAME = "candidates";

/** Whether a text is meant as data and not as chains that are written out. */
function isData(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** Never throws. Entries that hold no chain make the whole unreadable: what is chosen among has to be complete. */
export function readCandidates(text: string): CandidateList {
  if (!isData(text)) {
    return { kind: "records", records: splitCandidates(text).map(recordOf) };
  }
  const list = parseTexts(text);
  if (list !== undefined) {
    return readTexts(list);
  }
  try {
    const { records, report } = readText(text, NAME);
    const problem = problemOf(report);
    if (problem !== undefined) {
      return { kind: "unreadable", why: problem };
    }
    // A text that only begins like data: a list in LaTeX, a set.
    return report.format === plainText.id
      ? { kind: "records", records: splitCandidates(text).map(recordOf) }
      : { kind: "records", records };
  } catch (thrown) {
    return { kind: "unreadable", why: `The text cannot be read: ${AppError.from(thrown).message}.` };
  }
}

function recordOf(chain: string, index: number): ChainRecord {
  return { id: String(index + 1), problem: "", chain, rest: {} };
}

/** A JSON list that holds texts, which is no data set but a list of chains. */
function parseTexts(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isList =
      Array.isArray(value) && (value.length === 0 || value.some((one) => typeof one === "string"));
    return isList ? value : undefined;
  } catch {
    return undefined;
  }
}

function readTexts(list: readonly unknown[]): CandidateList {
  const texts = list.filter((one) => typeof one === "string");
  const bad = list.findIndex((one) => typeof one !== "string" || one.trim() === "");
  return bad < 0
    ? { kind: "records", records: texts.map(recordOf) }
    : {
        kind: "unreadable",
        why: `Entry ${bad + 1} of the list ${typeof list[bad] === "string" ? "is empty" : "is no text"}.`,
      };
}

function problemOf({ problems }: FileReport): string | undefined {
  const [first] = problems;
  if (first === undefined) {
    return undefined;
  }
  const where = first.row === undefined ? "The text" : `Row ${first.row}`;
  return `${where}: ${first.message}.`;
}
