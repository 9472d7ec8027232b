/** A conversion that is stopped anywhere, any number of times, writes the same files as one that is not. */
import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { onnx } from "onnx-proto";
import { describe, expect, it } from "vitest";
import type { DtypeId } from "../core/dtypes.ts";
import { AppError } from "../core/errors.ts";
import { protocolById } from "../core/protocols/index.ts";
import { planDecoder } from "./architectures/index.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { type ConvertRequest, convert } from "./convert.ts";
import { type ConversionJournal, parseJournal } from "./journal.ts";
import { schemeById } from "./quantize/index.ts";
import { memoryFiles } from "./testing/memory-files.ts";
import { type MemorySink, memorySink } from "./testing/memory-sink.ts";
import { multiplySlowly } from "./testing/multiply-slowly.ts";

const SHARD = "model.safetensors";
const FOLDER = new URL("../../e2e/fixtures/checkpoints/tiny-trl-prm/", import.meta.url);
const FILES: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [file, readFileSync(new URL(file, FOLDER))]),
);
/** Short, so that rope tables do not fill the files. */
const CONFIG = {
  ...JSON.parse(new TextDecoder().decode(FILES["config.json"])),
  max_position_embeddings: 64,
};
/** Makes files of a few tensors, and parts of the larger ones. */
const MAX_FILE = 40_000;

interface Setup {
  readonly dtype: DtypeId;
  readonly maxFileSize?: number;
}

async function requestOf({ dtype, maxFileSize = MAX_FILE }: Setup, reads: string[]): Promise<ConvertRequest> {
  const files = memoryFiles(FILES, reads);
  const checkpoint = await openCheckpoint(files);
  reads.length = 0;
  return {
    files,
    checkpoint,
    config: CONFIG,
    plan: planDecoder(CONFIG),
    protocol: protocolById("trl-prm"),
    scheme: schemeById(dtype),
    candidateIds: [],
    sequences: [
      [5, 6, 7, 8],
      [5, 6, 9],
    ],
    maxFileSize,
  };
}

/** What outlives a process: finished files and the last journal, as JSON. */
interface Disk {
  readonly written: Map<string, Uint8Array>;
  journal: unknown;
}

/** One attempt. @returns what was read, and how it ended */
async function attempt(setup: Setup, disk: Disk, stopAt = Number.POSITIVE_INFINITY, isGentle = false) {
  const reads: string[] = [];
  const stop = new AbortController();
  const memory: MemorySink = memorySink(disk.written, (total) => {
    if (total >= stopAt) {
      stop.abort();
      if (!isGentle) {
        throw new AppError("storage-full", "stopped by the test");
      }
    }
  });
  const request = await requestOf(setup, reads);
  const converting = convert(request, memory.sink, multiplySlowly, {
    signal: stop.signal,
    emit: () => undefined,
    journal: parseJournal(disk.journal),
    saveJournal: async (journal) => {
      disk.journal = JSON.parse(JSON.stringify(journal));
    },
  });
  const outcome = await converting.then(
    (conversion) => ({ conversion, error: undefined }),
    (error: unknown) => ({ conversion: undefined, error }),
  );
  expect([...memory.open]).toEqual([]);
  return { reads, ...outcome };
}

const wholes = new Map<string, Promise<{ disk: Disk; conversion: unknown }>>();
/** The conversion without a stop. */
function whole(dtype: DtypeId) {
  const made = wholes.get(dtype) ?? convertWhole(dtype);
  wholes.set(dtype, made);
  return made;
}
async function convertWhole(dtype: DtypeId) {
  const disk: Disk = { written: new Map(), journal: undefined };
  const { conversion, error } = await attempt({ dtype }, disk);
  expect(error).toBeUndefined();
  return { disk, conversion };
}

/** Paths of files that only one has, or that are not the same in both. */
function differing(one: Disk, other: Disk): string[] {
  const paths = new Set([...one.written.keys(), ...other.written.keys()]);
  return [...paths].filter((path) => {
    const [a, b] = [one.written.get(path), other.written.get(path)];
    return a === undefined || b === undefined || Buffer.compare(a, b) !== 0;
  });
}

/** Names of the checkpoint's tensors all of whose bytes are in these files. */
function finishedTensors(modelFile: Uint8Array | undefined, files: ReadonlySet<string>): Set<string> {
  const { graph } = onnx.ModelProto.decode(modelFile ?? new Uint8Array());
  const isFinished = new Map<string, boolean>();
  for (const { name, externalData } of graph?.initializer ?? []) {
    const location = externalData?.find(({ key }) => key === "location")?.value;
    if (location !== undefined && location !== null) {
      const source = (name ?? "").replace(/(\.part\d+)?(\.(q|scales|zeros|weight))?$/, "");
      const tensor = `model.${source.replace(/\.bias$/, "")}${source.endsWith(".bias") ? ".bias" : ".weight"}`;
      isFinished.set(tensor, (isFinished.get(tensor) ?? true) && files.has(location));
    }
  }
  return new Set([...isFinished].filter(([, finished]) => finished).map(([tensor]) => tensor));
}

/** Names of the tensors that a read touches. */
function touched(reads: readonly string[]): Set<string> {
  const bytes = FILES[SHARD] ?? new Uint8Array();
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const ranges = Object.entries(header as Record<string, { data_offsets: [number, number] }>)
    .filter(([name]) => name !== "__metadata__")
    .map(
      ([
        name,
        {
          data_offsets: [from, to],
        },
      ]) => ({ name, from: 8 + length + from, to: 8 + length + to }),
    );
  return new Set(
    reads
      .filter((read) => read.startsWith(SHARD))
      .flatMap((read) => {
        const [from = 0, to = 0] = (read.split(" ")[1] ?? "").split("-").map(Number);
        return ranges.filter((range) => range.from < to && from < range.to).map(({ name }) => name);
      }),
  );
}

describe.each(["q4", "q4f16", "q8", "fp32"] as const)("%s", (dtype) => {
  it("keeps to the size of files, with tensors cut to fit", async () => {
    const { disk } = await whole(dtype);
    const data = [...disk.written].filter(([path]) => path.includes("onnx_data"));
    expect(data.length).toBeGreaterThan(dtype === "fp32" ? 30 : 8);
    for (const [, bytes] of data) {
      expect(bytes.length).toBeLessThanOrEqual(MAX_FILE);
    }
  });

  it("stopped anywhere, writes the same files and reads nothing twice that is finished", async () => {
    const { disk: expected, conversion } = await whole(dtype);
    const total = [...expected.written.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    const stops = fc.array(fc.tuple(fc.integer({ min: 0, max: Math.ceil(total / 2) }), fc.boolean()), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(stops, async (points) => {
        const disk: Disk = { written: new Map(), journal: undefined };
        for (const [stopAt, isGentle] of points) {
          await attempt({ dtype }, disk, stopAt, isGentle);
        }
        const journal = parseJournal(disk.journal);
        const finished = new Set((journal?.files ?? []).map(({ path }) => path.slice("onnx/".length)));
        const last = await attempt({ dtype }, disk);
        expect(last.error).toBeUndefined();
        expect(last.conversion).toEqual(conversion);
        expect(differing(disk, expected)).toEqual([]);
        const again = touched(last.reads);
        const model = [...expected.written].find(([path]) => path.endsWith(".onnx"))?.[1];
        for (const tensor of finishedTensors(model, finished)) {
          expect(again).not.toContain(tensor);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe("a journal", () => {
  async function stopped(): Promise<Disk> {
    const disk: Disk = { written: new Map(), journal: undefined };
    await attempt({ dtype: "q4" }, disk, 200_000);
    expect(parseJournal(disk.journal)?.files.length).toBeGreaterThan(2);
    return disk;
  }
  const start = "model.embed_tokens.weight";

  it("saves the work it tells of", async () => {
    expect(touched((await attempt({ dtype: "q4" }, await stopped())).reads)).not.toContain(start);
  });

  it.each([
    ["another dtype", { dtype: "q8" }],
    ["other files", { dtype: "q4", maxFileSize: 50_000 }],
  ] as const)("of %s is left aside", async (_, setup) => {
    const disk = await stopped();
    const { reads, error } = await attempt(setup, disk);
    expect(error).toBeUndefined();
    expect(touched(reads)).toContain(start);
  });

  it("is left aside when a file it lists is gone, or has another size", async () => {
    for (const spoil of [(disk: Disk, path: string) => disk.written.delete(path), shorten]) {
      const disk = await stopped();
      const path = parseJournal(disk.journal)?.files[1]?.path ?? "";
      spoil(disk, path);
      const { reads } = await attempt({ dtype: "q4" }, disk);
      expect(touched(reads)).toContain(start);
      expect(differing(disk, (await whole("q4")).disk)).toEqual([]);
    }
  });

  it("is nothing when it is not one", async () => {
    const { journal } = await stopped();
    const good = journal as ConversionJournal;
    for (const bad of [
      undefined,
      "text",
      {},
      { ...good, format: 1 },
      { ...good, choices: { "model.norm.weight": { bits: 5, rounding: "plain" } } },
      { ...good, files: [{ ...good.files[0], path: "../outside" }] },
      { ...good, reference: { ...good.reference, hidden: "not base64!" } },
    ]) {
      expect(parseJournal(bad)).toBeUndefined();
    }
    expect(parseJournal(good)).toEqual(good);
  });

  it("with a state that cannot be is left aside", async () => {
    const disk = await stopped();
    const good = disk.journal as ConversionJournal;
    disk.journal = { ...good, reference: { ...good.reference, hidden: good.reference.hidden.slice(0, 400) } };
    const { reads, error } = await attempt({ dtype: "q4" }, disk);
    expect(error).toBeUndefined();
    expect(touched(reads)).toContain(start);
  });
});

function shorten(disk: Disk, path: string): void {
  disk.written.set(path, (disk.written.get(path) ?? new Uint8Array()).subarray(1));
}
