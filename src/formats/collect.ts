/** Rows in, records out: tells the format by the first rows, reads all, and keeps count of what cannot be read. */
import type { ChainRecord } from "../core/chain-record.ts";
import { AppError } from "../core/errors.ts";
import type { FileReport, RowProblem } from "../core/intake.ts";
import { type Fields, type Format, isFields, type Row } from "./format.ts";
import { FORMATS } from "./index.ts";
import { unfold } from "./rows/unfold.ts";
import { text as plainText } from "./text.ts";

/** How many rows are looked at before a format is chosen: one odd row does not decide. */
const SNIFFED_ROWS = 16;

/** More than anybody reads through; all are counted. */
const MAX_LISTED_PROBLEMS = 200;

export interface Collector {
  /** A JSON value of the file: a row, or several. */
  add(value: unknown, generator?: string): void;
  /** A row that is no JSON. */
  addProblem(message: string): void;
  /** What ended the reading of the file before its end. */
  addFailure(message: string): void;
  /** Records since the last call. */
  take(): ChainRecord[];
  /** True once a record was read. */
  readonly hasRecords: boolean;
  finish(name: string): FileReport;
}

export function findFormat(id: string | undefined): Format | undefined {
  return FORMATS.find((format) => format.id === id);
}

function tellFormat(fields: Fields): Format | undefined {
  return FORMATS.find((format: Format) => format.matches(fields));
}

/** The format that most of these rows have; of two the earlier one. */
function electFormat(rows: readonly Row[], formats: readonly Format[]): Format | undefined {
  const votes = new Map<Format, number>();
  for (const { fields } of rows) {
    const format = formats.find((one) => one.matches(fields));
    if (format !== undefined) {
      votes.set(format, (votes.get(format) ?? 0) + 1);
    }
  }
  const most = Math.max(0, ...votes.values());
  return formats.find((format) => most > 0 && votes.get(format) === most);
}

function canRead(format: Format, row: Row): boolean {
  try {
    return format.read(row).length > 0;
  } catch {
    return false;
  }
}

/**
 * The elected format; where it can read none of these rows, whose fields only bear the same names, the next that
 * can. Where none can, the first is kept for what it has to say.
 */
function chooseFormat(rows: readonly Row[]): Format | undefined {
  let formats: readonly Format[] = FORMATS;
  const first = electFormat(rows, formats);
  for (let format = first; format !== undefined; format = electFormat(rows, formats)) {
    const elected = format;
    if (rows.some((row) => canRead(elected, row))) {
      return elected;
    }
    formats = formats.filter((other) => other !== elected);
  }
  return first;
}

/** @param forced The format to read in, whatever the rows look like. */
export function createCollector(forced?: Format): Collector {
  let format = forced;
  let waiting: Row[] = [];
  let records: ChainRecord[] = [];
  let recordCount = 0;
  let rowCount = 0;
  let problemCount = 0;
  const problems: RowProblem[] = [];

  const note = (problem: RowProblem) => {
    problemCount += 1;
    if (problems.length < MAX_LISTED_PROBLEMS) {
      problems.push(problem);
    }
  };
  const read = (row: Row) => {
    try {
      if (format === undefined) {
        throw new AppError("bad-input", "it has the fields of no known format");
      }
      const found = format.read(row);
      recordCount += found.length;
      records.push(...found);
    } catch (thrown) {
      note({ row: row.number, message: AppError.from(thrown).message });
    }
  };
  /** Reads what waited for a format. */
  const flush = () => {
    format ??= chooseFormat(waiting);
    for (const row of waiting) {
      read(row);
    }
    waiting = [];
  };
  const addRow = (value: unknown, generator: string | undefined) => {
    rowCount += 1;
    if (!isFields(value)) {
      note({ row: rowCount, message: "it is not a JSON object" });
      return;
    }
    const row = { number: rowCount, fields: value, ...(generator === undefined ? {} : { generator }) };
    if (format !== undefined && waiting.length === 0) {
      read(row);
      return;
    }
    waiting.push(row);
    if (waiting.length >= SNIFFED_ROWS) {
      flush();
    }
  };
  const isRow = (fields: Fields) => (format ?? tellFormat(fields))?.matches(fields) === true;
  return {
    add(value, generator) {
      for (const candidate of unfold(value, isRow)) {
        addRow(candidate.value, generator ?? candidate.generator);
      }
    },
    addProblem(message) {
      rowCount += 1;
      note({ row: rowCount, message });
    },
    addFailure(message) {
      problemCount += 1;
      // Listed whatever the rows' number: it says that there may be more.
      problems.unshift({ message });
    },
    take() {
      const taken = records;
      records = [];
      return taken;
    },
    get hasRecords() {
      return recordCount > 0;
    },
    finish(name) {
      flush();
      problems.sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
      const { id, label } = format ?? plainText;
      return { name, format: id, label, recordCount, problems, problemCount };
    },
  };
}
