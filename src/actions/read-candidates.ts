/** Reads the candidates of a pasted text: chains between separator lines, or a list in JSON or JSONL. */
import { splitCandidates } from "../core/best-of/split-candidates.ts";
import type { ChainRecord } from "../core/chain-record.ts";
import { parseIntake } from "./parse-intake.ts";

export type CandidateList =
  | { readonly kind: "records"; readonly records: readonly ChainRecord[] }
  /** One sentence that says what is wrong, and where. */
  | { readonly kind: "unreadable"; readonly why: string };

/** Never throws. */
export function readCandidates(text: string, problem: string): CandidateList {
  const trimmed = text.trim();
  const isList = trimmed.startsWith("[") || trimmed.startsWith("{");
  const rows = isList ? readRows(trimmed) : undefined;
  if (rows === undefined) {
    const records = splitCandidates(text).map((chain, index) => recordOf(chain, index, problem));
    return { kind: "records", records };
  }
  if (typeof rows === "string") {
    return { kind: "unreadable", why: rows };
  }
  const records: ChainRecord[] = [];
  for (const [index, row] of rows.entries()) {
    const record = readRow(row, index, problem);
    if (record === undefined) {
      return { kind: "unreadable", why: `Entry ${index + 1} holds no chain of thought.` };
    }
    records.push(record);
  }
  return { kind: "records", records };
}

function recordOf(chain: ChainRecord["chain"], index: number, problem: string): ChainRecord {
  return { id: String(index + 1), problem, chain, rest: {} };
}

/** The entries of a JSON list or of JSONL, a sentence when they cannot be read, undefined for text that is no JSON. */
function readRows(text: string): readonly unknown[] | string | undefined {
  const whole = parseJson(text);
  if (Array.isArray(whole)) {
    return whole;
  }
  if (whole !== undefined) {
    return [whole];
  }
  const lines = text.split(/\r\n|\r|\n/);
  const rows: unknown[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() !== "") {
      const row = parseJson(line);
      if (row === undefined) {
        // A text that only begins like JSON: a LaTeX list, a set.
        return rows.length === 0 ? undefined : `Line ${index + 1} is not JSON.`;
      }
      rows.push(row);
    }
  }
  return rows;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The fields this file reads of an entry besides those of `parseIntake`. */
type Fields = { readonly [Name in "gold" | "is_correct" | "correct"]?: unknown };

function readRow(row: unknown, index: number, problem: string): ChainRecord | undefined {
  if (typeof row === "string") {
    return row.trim() === "" ? undefined : recordOf(row, index, problem);
  }
  if (typeof row !== "object" || row === null) {
    return undefined;
  }
  const json = JSON.stringify(row);
  const intake = parseIntake(json);
  // What it cannot read it hands back as it is.
  if (intake.chain === json || intake.chain.trim() === "") {
    return undefined;
  }
  const { gold, is_correct: isCorrect, correct }: Fields = row;
  const judged = [isCorrect, correct].find((one) => typeof one === "boolean");
  return {
    ...recordOf(intake.given ?? intake.chain, index, intake.problem ?? problem),
    ...(typeof gold === "string" || typeof gold === "number" ? { gold: String(gold) } : {}),
    ...(judged === undefined ? {} : { isCorrect: judged }),
  };
}
