/** Reads files of any kind, told by their first bytes: text, gzip of text, Parquet, or an Inspect log's zip. */
import type { ChainRecord } from "../core/chain-record.ts";
import { AppError } from "../core/errors.ts";
import type { FileReport, Intake, IntakeProgress } from "../core/intake.ts";
import type { Bytes } from "../core/units.ts";
import { createCollector, findFormat } from "./collect.ts";
import { createTextReader } from "./read-text.ts";
import { readChunks } from "./rows/read-chunks.ts";
import { text as plainText } from "./text.ts";
import { weigh } from "./weigh.ts";

/** The page holds all records of a file in memory, at two to four times its size. */
const MAX_FILE_BYTES: Bytes = 512 * 2 ** 20;

/** What compressed text may grow to. */
const MAX_INFLATED_BYTES: Bytes = 1024 * 2 ** 20;

/** Enough to tell a file's kind, and text from what is none. */
const HEAD_BYTES: Bytes = 4096;

/** A text may hold a stray zero; of another file's bytes they are more than one in this many. */
const MAX_ZERO_SHARE = 100;

/** What one message to the page carries, about: it is unpacked on the thread that draws. */
const BATCH_CHARS = 500_000;
const BATCH_RECORDS = 500;

type Kind = "text" | "utf-16le" | "utf-16be" | "gzip" | "parquet" | "zip" | "binary";

/** More than a list can show: browsers draw nothing below some 17 million pixels. */
const MAX_RECORDS = 300_000;
const FULL = `the rest was not read: there are more than ${MAX_RECORDS.toLocaleString("en-US")} chains`;

/** Where records go as they are found. */
interface Sink {
  add(records: readonly ChainRecord[]): void;
  /** True when no more are taken. */
  readonly isFull: boolean;
  /** How far in the file at hand. */
  at(bytes: Bytes): void;
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

/** Magic numbers: RFC 1952; APPNOTE.TXT 4.3.7; parquet.apache.org/docs/file-format; Unicode's byte order mark. */
function tellKind(head: Uint8Array): Kind {
  if (startsWith(head, 0x1f, 0x8b)) {
    return "gzip";
  }
  if (startsWith(head, 0x50, 0x4b, 3, 4)) {
    return "zip";
  }
  if (startsWith(head, 0x50, 0x41, 0x52, 0x31)) {
    return "parquet";
  }
  if (startsWith(head, 0xff, 0xfe)) {
    return "utf-16le";
  }
  if (startsWith(head, 0xfe, 0xff)) {
    return "utf-16be";
  }
  const zeros = head.filter((byte) => byte === 0).length;
  return zeros * MAX_ZERO_SHARE > head.length ? "binary" : "text";
}

/** Passes bytes on and counts them; refuses more than the limit. */
function countBytes(
  limit: Bytes,
  count: (bytes: Bytes) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let done = 0;
  return new TransformStream({
    transform(chunk, controller) {
      done += chunk.length;
      if (done > limit) {
        controller.error(new AppError("bad-input", `it unpacks to more than ${limit / 2 ** 20} MB`));
        return;
      }
      count(done);
      controller.enqueue(chunk);
    },
  });
}

async function readTextFile(
  file: File,
  kind: Kind,
  format: string | undefined,
  sink: Sink,
): Promise<FileReport> {
  const reader = createTextReader(format);
  const bytes = file.stream().pipeThrough(countBytes(MAX_FILE_BYTES, sink.at));
  const inflated =
    kind === "gzip"
      ? bytes
          .pipeThrough(new DecompressionStream("gzip"))
          .pipeThrough(countBytes(MAX_INFLATED_BYTES, () => undefined))
      : bytes;
  const decoder = new TextDecoder(kind === "utf-16le" || kind === "utf-16be" ? kind : "utf-8");
  for await (const chunk of readChunks(inflated)) {
    reader.push(decoder.decode(chunk, { stream: true }));
    sink.add(reader.take());
    if (sink.isFull) {
      break;
    }
  }
  reader.push(decoder.decode());
  const report = reader.finish(file.name);
  sink.add(reader.take());
  return sink.isFull ? cutReport(report) : report;
}

function cutReport(report: FileReport): FileReport {
  const problems = [{ message: FULL }, ...report.problems];
  return { ...report, problems, problemCount: report.problemCount + 1 };
}

async function readContainer(
  file: File,
  kind: "parquet" | "zip",
  format: string | undefined,
  sink: Sink,
): Promise<FileReport> {
  if (format === plainText.id) {
    throw new AppError("bad-input", "it is no text");
  }
  const collector = createCollector(findFormat(format));
  // Loaded only for those who have such a file.
  const rows =
    kind === "parquet"
      ? (await import("./rows/parquet-rows.ts")).readParquetRows(file)
      : (await import("./rows/eval-rows.ts")).readEvalRows(file);
  try {
    for await (const { value, problem, generator, bytesDone } of rows) {
      if (problem === undefined) {
        collector.add(value, generator);
      } else {
        collector.addProblem(problem);
      }
      sink.add(collector.take());
      sink.at(bytesDone);
      if (sink.isFull) {
        collector.addFailure(FULL);
        break;
      }
    }
  } catch (thrown) {
    collector.addFailure(AppError.from(thrown).message);
  }
  const report = collector.finish(file.name);
  sink.add(collector.take());
  if (report.recordCount === 0) {
    const [first] = report.problems;
    throw new AppError("bad-input", first?.message ?? "it holds no chains");
  }
  return report;
}

async function readFile(file: File, format: string | undefined, sink: Sink): Promise<FileReport> {
  if (file.size > MAX_FILE_BYTES) {
    throw new AppError("bad-input", `it is larger than ${MAX_FILE_BYTES / 2 ** 20} MB`);
  }
  const kind = tellKind(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  if (kind === "binary") {
    throw new AppError("bad-input", "it is neither text nor a known kind of data", {
      why: "unreadable",
    });
  }
  return kind === "parquet" || kind === "zip"
    ? readContainer(file, kind, format, sink)
    : readTextFile(file, kind, format, sink);
}

/** Gathers records into messages that are neither many nor large. */
function createBatches(emit: (progress: IntakeProgress) => void, bytesTotal: Bytes) {
  let batch: ChainRecord[] = [];
  let chars = 0;
  let count = 0;
  let bytesBefore = 0;
  let bytesHere = 0;
  const flush = () => {
    emit({ records: batch, bytesDone: bytesBefore + bytesHere, bytesTotal });
    batch = [];
    chars = 0;
  };
  return {
    add(records: readonly ChainRecord[]) {
      for (const record of records.slice(0, Math.max(0, MAX_RECORDS - count))) {
        count += 1;
        batch.push(record);
        chars += weigh(record, BATCH_CHARS);
        if (chars >= BATCH_CHARS || batch.length >= BATCH_RECORDS) {
          flush();
        }
      }
    },
    get isFull() {
      return count >= MAX_RECORDS;
    },
    at(bytes: Bytes) {
      bytesHere = bytes;
    },
    flush,
    endFile(size: Bytes) {
      bytesBefore += size;
      bytesHere = 0;
    },
  };
}

/** Errors of a damaged zip begin with the file's name already. */
function wordFailure({ name }: File, { message }: AppError): string {
  return message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;
}

export const fileIntake: Intake = {
  async read({ files, format }, ctx) {
    const total = files.reduce((sum, { size }) => sum + size, 0);
    const batches = createBatches(ctx.emit, total);
    const reports: FileReport[] = [];
    for (const file of files) {
      try {
        reports.push(await readFile(file, format, batches));
      } catch (thrown) {
        const error = AppError.from(thrown);
        const message = wordFailure(file, error);
        // One bad file among several costs itself alone.
        if (files.length === 1) {
          throw new AppError("bad-input", `${file.name}: ${message}`, error.details, error);
        }
        reports.push(failedReport(file.name, message));
      }
      batches.endFile(file.size);
    }
    batches.flush();
    return reports;
  },
};

function failedReport(name: string, message: string): FileReport {
  return {
    name,
    format: "none",
    label: "Not read",
    recordCount: 0,
    problems: [{ message }],
    problemCount: 1,
  };
}
