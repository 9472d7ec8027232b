/** Reads a text, whole or as it arrives: JSON of any layout, or else the text itself as one chain. */
import { type ChainRecord, MAX_CHAIN_CHARS } from "../core/chain-record.ts";
import { AppError } from "../core/errors.ts";
import type { FileReport } from "../core/intake.ts";
import { createCollector, findFormat } from "./collect.ts";
import { parseJson, wordBadJson } from "./rows/parse-json.ts";
import { createValueSplitter } from "./rows/split-values.ts";
import { text as plainText } from "./text.ts";

/** How an object, or a list of them, begins. */
const LIKE_DATA = /^\[?\s*\{\s*"/;

export interface TextReader {
  push(piece: string): void;
  /** Records since the last call. */
  take(): ChainRecord[];
  /** @throws AppError `bad-input` when it is neither data nor short enough for a chain */
  finish(name: string): FileReport;
}

/** @param format An id to read in, whatever the text looks like: a format's, or that of plain text. */
export function createTextReader(format?: string): TextReader {
  const isPlain = format === plainText.id;
  const collector = createCollector(findFormat(format));
  const splitter = createValueSplitter();
  /** The text so far, as long as it may turn out to be one chain. */
  let kept: string[] = [];
  let keptChars = 0;
  let plain: ChainRecord | undefined;

  const addValues = (texts: readonly string[]) => {
    for (const text of texts) {
      const value = parseJson(text);
      if (value === undefined) {
        collector.addProblem(wordBadJson(text));
      } else {
        collector.add(value);
      }
    }
  };
  const keep = (piece: string) => {
    keptChars += piece.length;
    if (keptChars > MAX_CHAIN_CHARS || collector.hasRecords) {
      kept = [];
    } else {
      kept.push(piece);
    }
  };
  const finishPlain = (name: string, report?: FileReport): FileReport => {
    const text = kept.join("");
    if (keptChars > MAX_CHAIN_CHARS) {
      throw new AppError("bad-input", "it is too long for a chain of thought", { why: "too-large" });
    }
    if (text.trim() === "") {
      throw new AppError("bad-input", "it is empty", { why: "empty" });
    }
    plain = { id: name, problem: "", chain: text, rest: {} };
    // What looks like data and is none deserves to be told so.
    const isMeant =
      report !== undefined && (report.format !== plainText.id || LIKE_DATA.test(text.trimStart()));
    const problems = isMeant ? report.problems : [];
    const { id, label } = plainText;
    return { name, format: id, label, recordCount: 1, problems, problemCount: problems.length };
  };
  return {
    push(piece) {
      if (!isPlain) {
        addValues(splitter.push(piece));
      }
      keep(piece);
    },
    take() {
      const taken = plain === undefined ? collector.take() : [plain];
      plain = undefined;
      return taken;
    },
    finish(name) {
      if (isPlain) {
        return finishPlain(name);
      }
      addValues(splitter.end());
      const report = collector.finish(name);
      const isData = format !== undefined || keptChars > MAX_CHAIN_CHARS;
      return report.recordCount > 0 || (isData && report.problemCount > 0)
        ? report
        : finishPlain(name, report);
    },
  };
}

export interface ReadText {
  readonly records: readonly ChainRecord[];
  readonly report: FileReport;
}

/**
 * Reads a whole text at once.
 * @throws AppError `bad-input` for an empty text, and for one that is no data and too long for a chain
 */
export function readText(text: string, name: string, format?: string): ReadText {
  const reader = createTextReader(format);
  reader.push(text);
  const report = reader.finish(name);
  return { records: reader.take(), report };
}
