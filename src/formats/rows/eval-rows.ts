/**
 * The samples of an Inspect log in its `.eval` form: a zip with header.json and samples/<id>_epoch_<n>.json, deflated
 * or, by default since 2026, in Zstandard. https://inspect.aisi.org.uk/eval-logs.html
 */
import { crc32 } from "hash-wasm";
import { blobSource } from "../../convert/byte-source.ts";
import { locateEntry, readZip, type ZipEntry } from "../../convert/stored-zip.ts";
import { AppError } from "../../core/errors.ts";
import type { Bytes } from "../../core/units.ts";
import { isFields } from "../format.ts";
import { modelOfLog } from "../inspect.ts";
import type { ContainerRow } from "./container-row.ts";
import { parseJson, wordBadJson } from "./parse-json.ts";
import { readChunks } from "./read-chunks.ts";

/** A sample with its events; a longer one is no chain that can be looked at. */
const MAX_SAMPLE_BYTES: Bytes = 64 * 2 ** 20;
const MAX_TOTAL_BYTES: Bytes = 1024 * 2 ** 20;

/** The second is what a log has that was not finished. */
const HEADERS = ["header.json", "_journal/start.json"];
const SAMPLE = /^samples\/.+\.json$/;

/** APPNOTE.TXT 4.4.5. */
const STORED = 0;
const DEFLATED = 8;
const ZSTD = 93;

/** Inflates what a browser itself can inflate, into as many bytes as are declared. */
async function inflate(packed: Uint8Array<ArrayBuffer>, size: Bytes): Promise<Uint8Array> {
  const unpacked = new Uint8Array(size);
  let at = 0;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  for await (const chunk of readChunks(stream)) {
    if (at + chunk.length > size) {
      throw new AppError("bad-input", "unpacks to more than is declared");
    }
    unpacked.set(chunk, at);
    at += chunk.length;
  }
  return unpacked.subarray(0, at);
}

async function unpack(packed: Uint8Array, { method, size }: ZipEntry): Promise<Uint8Array> {
  switch (method) {
    case STORED:
      return packed;
    case DEFLATED:
      return inflate(new Uint8Array(packed), size);
    case ZSTD:
      return (await import("fzstd")).decompress(packed, new Uint8Array(size));
    default:
      throw new AppError("bad-input", `is compressed in a way that is not read here (method ${method})`);
  }
}

type Source = ReturnType<typeof blobSource>;

/** The JSON of one entry, or why there is none. */
async function readEntry(source: Source, entry: ZipEntry): Promise<{ value: unknown; problem?: string }> {
  const fail = (problem: string) => ({ value: undefined, problem: `${entry.name}: ${problem}` });
  if (entry.size > MAX_SAMPLE_BYTES) {
    return fail(`it unpacks to more than ${MAX_SAMPLE_BYTES / 2 ** 20} MB`);
  }
  try {
    const start = await locateEntry(source, entry);
    const bytes = await unpack(await source.read(start, start + entry.storedSize), entry);
    if (Number.parseInt(await crc32(bytes), 16) !== entry.checksum) {
      return fail("it is damaged: its checksum is another");
    }
    const text = new TextDecoder().decode(bytes);
    const value = parseJson(text);
    return value === undefined ? fail(wordBadJson(text)) : { value };
  } catch (thrown) {
    // What a decompressor says of damaged bytes is said in its own words, which nobody else has to know.
    return fail(thrown instanceof AppError ? thrown.message : "it is damaged: it cannot be unpacked");
  }
}

async function readModel(
  source: Source,
  entries: ReadonlyMap<string, ZipEntry>,
): Promise<string | undefined> {
  const entry = HEADERS.map((name) => entries.get(name)).find((found) => found !== undefined);
  const { value } = entry === undefined ? { value: undefined } : await readEntry(source, entry);
  return isFields(value) ? modelOfLog(value) : undefined;
}

/** @throws AppError `malformed-file` for a damaged zip; `bad-input` for one without samples or with too much in it */
export async function* readEvalRows(file: File): AsyncGenerator<ContainerRow> {
  const source = blobSource(file, file.name);
  // Of two entries of a name the last counts, as in Python's zipfile.
  const entries = new Map((await readZip(source)).map((entry) => [entry.name, entry]));
  const samples = [...entries.values()].filter(({ name }) => SAMPLE.test(name));
  if (samples.length === 0) {
    throw new AppError("bad-input", "it is a zip without the samples of an Inspect log");
  }
  if (samples.reduce((sum, { size }) => sum + size, 0) > MAX_TOTAL_BYTES) {
    throw new AppError("bad-input", `it unpacks to more than ${MAX_TOTAL_BYTES / 2 ** 20} MB`);
  }
  const generator = await readModel(source, entries);
  for (const entry of samples) {
    yield { ...(await readEntry(source, entry)), generator, bytesDone: entry.limit };
  }
}
