/** What a stopped conversion leaves on disk: whole files, a note that tells of them, and nothing open. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { convertCheckpoint } from "../conversion/convert-checkpoint.ts";
import { PARTIAL, WORK_FOLDERS } from "../conversion/workshop.ts";
import { memoryFiles } from "../convert/testing/memory-files.ts";
import type { AddProgress } from "../core/model-library.ts";
import { folderSink } from "./folder-files.ts";
import { folderWorkshop } from "./folder-workshop.ts";

const scratch = mkdtempSync(join(tmpdir(), "stepscope-resume-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const FOLDER = "e2e/fixtures/checkpoints/tiny-trl-prm";
const FILES = Object.fromEntries(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name))]));
const OPEN_FILES = "/proc/self/fd";

/** Files below a folder, as paths from it. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Files below a folder that this process holds open, where the system tells. */
function openBelow(folder: string): string[] {
  if (!existsSync(OPEN_FILES)) {
    return [];
  }
  return readdirSync(OPEN_FILES).flatMap((descriptor) => {
    try {
      const file = readlinkSync(join(OPEN_FILES, descriptor));
      return file.startsWith(folder) ? [file] : [];
    } catch {
      // The descriptor that lists the others.
      return [];
    }
  });
}

describe("a file in the folder's sink", () => {
  it("is there only after it is closed", async () => {
    const folder = join(scratch, "closed");
    const sink = folderSink(folder);
    const file = await sink.create("onnx/data");
    await file.write(Uint8Array.of(1, 2));
    expect(await sink.sizeOf("onnx/data")).toBeUndefined();
    await file.write(Uint8Array.of(3));
    await file.close();
    expect([...readFileSync(join(folder, "onnx/data"))]).toEqual([1, 2, 3]);
    expect(await sink.sizeOf("onnx/data")).toBe(3);
    await file.abort();
    expect(listFiles(folder)).toEqual(["onnx/data"]);
  });

  it("leaves nothing when it is aborted, also twice", async () => {
    const folder = join(scratch, "aborted");
    const file = await folderSink(folder).create("onnx/data");
    await file.write(Uint8Array.of(1, 2));
    expect(listFiles(folder)).toEqual([`onnx/data${PARTIAL}`]);
    await file.abort();
    await file.abort();
    expect(listFiles(folder)).toEqual([]);
    expect(openBelow(folder)).toEqual([]);
  });
});

describe("a conversion stopped between two files", () => {
  async function convertOnce(
    out: string,
    reads: string[],
    signal: AbortSignal,
    onPart: (part: number) => void = () => undefined,
  ) {
    const workshop = folderWorkshop(out);
    const host = { ...workshop, files: memoryFiles(FILES, reads) };
    const limits = { maxFileSize: 300_000 };
    const options = { name: "tiny", dtype: "q8", protocol: "trl-prm", licence: "none", ...limits } as const;
    try {
      const emit = (progress: AddProgress) => {
        if (progress.phase === "convert") {
          onPart(progress.done / progress.total);
        }
      };
      return await convertCheckpoint(options, host, { signal, emit });
    } finally {
      await workshop.close();
    }
  }

  it("goes on where it was, and gives the model of one that was not stopped", async () => {
    const never = new AbortController().signal;
    const whole = await convertOnce(join(scratch, "whole"), [], never);

    const out = join(scratch, "stopped");
    const stop = new AbortController();
    const stopped = convertOnce(out, [], stop.signal, (part) => part > 0.7 && stop.abort());
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    const left = listFiles(out);
    expect(left).toContain("onnx/model_quantized.onnx_data");
    expect(left).toContain(join(WORK_FOLDERS.disk, "conversion.json"));
    expect(left.filter((path) => path.endsWith(PARTIAL))).toEqual([]);
    expect(openBelow(out)).toEqual([]);

    const reads: string[] = [];
    const parts: number[] = [];
    const again = await convertOnce(out, reads, never, (part) => parts.push(part));
    expect(again).toEqual(whole);
    expect(parts[0]).toBeGreaterThan(0.3);
    expect(parts.at(-1)).toBe(1);
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    const largest = Math.max(
      ...reads
        .filter((read) => read.startsWith("model.safetensors"))
        .map((read) => {
          const [from = 0, to = 0] = (read.split(" ")[1] ?? "").split("-").map(Number);
          return to - from;
        }),
    );
    // The embedding, the largest tensor, lies in the first file.
    expect(largest).toBeLessThan(640 * 128 * 4);
    expect(openBelow(out)).toEqual([]);
  });
});
