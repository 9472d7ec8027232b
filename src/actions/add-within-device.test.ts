import { beforeEach, expect, it, vi } from "vitest";
import { AppError } from "../core/errors.ts";
import { KNOWN_MODELS } from "../core/known-models.ts";
import type { HubRequest, LibraryContents, ModelLibrary, StoredModel } from "../core/model-library.ts";
import type { DeviceFacts } from "../core/preflight.ts";
import type { Scorer } from "../core/scorer.ts";
import { libraryStore } from "../state/library.ts";
import { addModel } from "./library.ts";
import { listModels } from "./list-models.ts";
import { NO_INTAKE } from "./testing/no-intake.ts";
import { NO_LANES } from "./testing/no-lanes.ts";
import { NO_PATTERNS } from "./testing/no-patterns.ts";

const GIGABYTE = 1e9;
const KEY = "owner--vast--q4";
const REQUEST: HubRequest = { from: "hub", repository: "owner/vast", dtype: "q4" };
const MODEL: StoredModel = {
  key: KEY,
  digest: "d",
  id: "owner/vast",
  name: "vast",
  protocol: "trl-prm",
  dtype: "q4",
  licence: "mit",
  size: 1,
};
const NO_SCORER: Scorer = {
  load: () => Promise.reject(new Error("not asked for")),
  score: () => Promise.reject(new Error("not asked for")),
  countTokens: () => Promise.reject(new Error("not asked for")),
};

const NO_GPU: DeviceFacts = { gpu: undefined, memory: 8 * GIGABYTE, storage: 10 * GIGABYTE };

/**
 * @param download Size of the repository's files.
 * @param kept What is here of it already.
 */
function openFake(download: number, kept?: number, device = NO_GPU) {
  let unfinished = kept;
  const list = async (): Promise<LibraryContents> => ({
    models: [],
    unfinished: unfinished === undefined ? [] : [{ key: KEY, request: REQUEST, kept: unfinished }],
    damaged: [],
    device,
    used: 0,
  });
  const add = vi.fn<ModelLibrary["add"]>(async (_, { signal, emit }) => {
    unfinished ??= 1;
    emit({ phase: "download", done: 1, total: download });
    if (signal.aborted) {
      throw new AppError("cancelled", "stopped");
    }
    unfinished = undefined;
    return MODEL;
  });
  const remove = vi.fn<ModelLibrary["remove"]>(async () => {
    unfinished = undefined;
  });
  const library: ModelLibrary = { list, add, remove, exportZip: () => Promise.reject(new Error("no")) };
  return {
    ctx: {
      scorer: NO_SCORER,
      library,
      intake: NO_INTAKE,
      patterns: NO_PATTERNS,
      lanes: NO_LANES,
      embedded: { id: "own" },
    },
    add,
    remove,
  };
}

const failure = () => libraryStore.getState().addition?.error?.message;

beforeEach(() => {
  vi.stubGlobal("navigator", {});
  libraryStore.setState(libraryStore.getInitialState(), true);
});

it("refuses a listed model by the sentence of the list, before anything is asked of the Hub", async () => {
  const { ctx, add } = openFake(1);
  const repository = "qwen/qwen2.5-math-prm-7b";
  expect(KNOWN_MODELS.map((known) => known.repository.toLowerCase())).toContain(repository);
  expect(await addModel(ctx, { from: "hub", repository })).toBe(false);
  expect(failure()).toMatch(
    /^Qwen\/Qwen2\.5-Math-PRM-7B needs 20\.\d GB of storage while it is converted, and the browser has 10\.0 GB for this page$/,
  );
  expect(add).not.toHaveBeenCalled();
});

it("refuses a listed model whose repository lacks a part, with the note of the list", async () => {
  const { ctx, add } = openFake(1, undefined, {
    gpu: { maxBufferSize: 64 * GIGABYTE, maxStorageBufferBindingSize: 64 * GIGABYTE, hasFloat16: true },
    memory: undefined,
    storage: undefined,
  });
  const incomplete = KNOWN_MODELS.find(({ isIncomplete }) => isIncomplete);
  await addModel(ctx, { from: "hub", repository: incomplete?.repository ?? "", dtype: "q4" });
  expect(failure()).toBe(incomplete?.note);
  expect(add).not.toHaveBeenCalled();
});

it("refuses any other as soon as its size is known, and leaves nothing of it", async () => {
  const { ctx, remove } = openFake(20 * GIGABYTE);
  await addModel(ctx, REQUEST);
  expect(failure()).toMatch(
    /^owner\/vast needs 2\d\.\d GB or more of storage while it is converted, and the browser has 10\.0 GB for this page$/,
  );
  expect(remove).toHaveBeenCalledWith({ key: KEY }, expect.anything());
  expect(libraryStore.getState().contents?.unfinished).toEqual([]);
});

it("counts what is here of it already, and does not delete that", async () => {
  const { ctx: short, remove } = openFake(20 * GIGABYTE, 5 * GIGABYTE);
  await addModel(short, REQUEST);
  expect(failure()).toContain("the browser has 15.0 GB for this page");
  expect(remove).not.toHaveBeenCalled();
  const { ctx: enough } = openFake(12 * GIGABYTE, 8 * GIGABYTE);
  expect(await addModel(enough, REQUEST)).toBe(true);
});

it("takes what fits", async () => {
  const { ctx } = openFake(2 * GIGABYTE);
  expect(await addModel(ctx, REQUEST)).toBe(true);
  expect(failure()).toBeUndefined();
});

it("begins only when a list under way, which clears up after the last addition, is done", async () => {
  const { ctx, add } = openFake(1);
  let clearUp: () => void = () => undefined;
  const clearedUp = new Promise<void>((resolve) => (clearUp = resolve));
  const list = vi.fn<ModelLibrary["list"]>(async (params, call) => {
    await clearedUp;
    return ctx.library.list(params, call);
  });
  const own = { ...ctx, library: { ...ctx.library, list } };
  const listing = listModels(own);
  const adding = addModel(own, REQUEST);
  await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(1));
  // Whatever could come of it by then.
  await new Promise((resolve) => setTimeout(resolve));
  expect(add).not.toHaveBeenCalled();
  expect(list).toHaveBeenCalledTimes(1);
  clearUp();
  await listing;
  expect(await adding).toBe(true);
});
