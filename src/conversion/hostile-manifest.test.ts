/** Manifests of folders that claim to be models: what could not be loaded later is refused when it is added. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { memoryFiles } from "../convert/testing/memory-files.ts";
import { memorySink } from "../convert/testing/memory-sink.ts";
import { type ModelManifest, parseManifest } from "../core/manifest.ts";
import { addFromFolder } from "./add-from-folder.ts";
import { checkListedFiles } from "./check-listed-files.ts";
import type { Workshop } from "./workshop.ts";

const LISTED = ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model_q4.onnx"];

const file = (path: string) => ({ path, size: 1, sha256: "0".repeat(64) });

const MANIFEST: ModelManifest = {
  format: 1,
  id: "owner/name",
  name: "owner/name",
  protocol: "trl-prm",
  dtype: "q4",
  context: 100,
  threshold: 0.5,
  licence: "mit",
  files: LISTED.map(file),
  canary: { problem: "p", steps: ["s"], rewards: [0.5], tolerance: 0.01 },
};

const notAskedFor = () => Promise.reject(new Error("not asked for"));

/** Adds a folder with this manifest; gives what it is refused with, and what was written until then. */
async function refusal(change: Partial<ModelManifest>): Promise<string> {
  const { sink, written } = memorySink();
  const workshop: Workshop = {
    sink,
    downloads: { open: notAskedFor },
    source: { list: notAskedFor, open: notAskedFor },
    notes: { read: notAskedFor, write: notAskedFor },
    measure: notAskedFor,
    tidy: notAskedFor,
  };
  const text = JSON.stringify({ ...MANIFEST, ...change });
  const files = memoryFiles({ "stepscope.json": new TextEncoder().encode(text) });
  const request = { name: "folder", dtype: "q4" } as const;
  const adding = addFromFolder(request, files, workshop, {
    signal: new AbortController().signal,
    emit: () => undefined,
  });
  const error = await adding.then(
    () => new Error("not refused"),
    (thrown: Error) => thrown,
  );
  expect([...written]).toEqual([]);
  return error.message;
}

/** The good list with one file more. */
const plus = (...paths: readonly string[]) => ({ files: [...LISTED, ...paths].map(file) });
/** The good list without a file. */
const without = (path: string) => ({ files: LISTED.filter((one) => one !== path).map(file) });

it("does not mind the manifest of the model that comes with the page", () => {
  const embedded: unknown = JSON.parse(readFileSync("public/models/stepscope-prm/stepscope.json", "utf8"));
  expect(() => checkListedFiles(parseManifest(embedded, "stepscope-prm"))).not.toThrow();
});

describe("a manifest is refused", () => {
  beforeAll(async () => {
    // What the good one fails with is none of these.
    expect(await refusal({})).toBe("onnx/model_q4.onnx is listed in stepscope.json, but missing");
  });

  it.each([
    "work/job.json",
    ".stepscope-work/conversion.json",
    "stepscope.json",
    "onnx/model_q4.onnx_data.partial",
  ])("that lists %s, which is a name of Stepscope's own", async (path) => {
    expect(await refusal(plus(path))).toBe(
      `stepscope.json: lists ${path}, a name that Stepscope keeps for its own files`,
    );
  });

  it.each([...LISTED])("that does not list %s", async (path) => {
    expect(await refusal(without(path))).toBe(
      `stepscope.json: does not list ${path}, without which a model of dtype q4 cannot be loaded`,
    );
  });

  it("whose graph is of another dtype", async () => {
    expect(await refusal({ dtype: "fp32" })).toContain("does not list onnx/model.onnx");
  });

  it("that lists a file twice, or as the folder of another", async () => {
    expect(await refusal(plus("config.json"))).toBe("stepscope.json: lists config.json twice");
    expect(await refusal(plus("config.json/a"))).toBe(
      "stepscope.json: lists config.json and config.json/a, which lies in it",
    );
  });

  it("whose id is no name", async () => {
    expect(await refusal({ id: "..\\..\\x" })).toBe(
      "folder: stepscope.json is wrong at id: is not a name that a model can have",
    );
  });
});
