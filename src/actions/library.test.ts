import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LibraryContents, ModelLibrary, StoredModel } from "../core/model-library.ts";
import type { Scorer } from "../core/scorer.ts";
import { endAddition, libraryStore } from "../state/library.ts";
import { addModel } from "./library.ts";
import { NO_INTAKE } from "./testing/no-intake.ts";
import { NO_LANES } from "./testing/no-lanes.ts";
import { NO_PATTERNS } from "./testing/no-patterns.ts";

const MODEL: StoredModel = {
  key: "owner--name--q4",
  digest: "d",
  id: "owner/name",
  name: "owner/name",
  protocol: "trl-prm",
  dtype: "q4",
  licence: "mit",
  size: 1,
};

const CONTENTS: LibraryContents = {
  models: [],
  unfinished: [],
  damaged: [],
  device: { gpu: undefined, memory: undefined, storage: undefined },
  used: undefined,
};

const notAskedFor = () => Promise.reject(new Error("not asked for"));
const SCORER: Scorer = { load: notAskedFor, score: notAskedFor, countTokens: notAskedFor };

const add = vi.fn<ModelLibrary["add"]>(() => Promise.resolve(MODEL));
const library: ModelLibrary = {
  list: () => Promise.resolve(CONTENTS),
  add,
  remove: notAskedFor,
  exportZip: notAskedFor,
};
const ctx = {
  scorer: SCORER,
  library,
  intake: NO_INTAKE,
  patterns: NO_PATTERNS,
  lanes: NO_LANES,
  embedded: { id: "stepscope-prm" },
};

// A page without storage to ask for.
vi.stubGlobal("navigator", {});

beforeEach(() => {
  add.mockClear();
  libraryStore.setState((state) => endAddition(state, "stopped"), true);
});

describe("adding by what a person pasted", () => {
  it("asks for the repository that it names, at its revision", async () => {
    await addModel(ctx, { from: "hub", repository: " https://huggingface.co/owner/name/tree/v1.0 " });
    const [request] = add.mock.calls[0] ?? [];
    expect(request).toEqual({ from: "hub", repository: "owner/name", revision: "v1.0", dtype: "q4" });
    expect(libraryStore.getState().addition).toBeUndefined();
  });

  it("goes on with an unfinished model at the commit it began with", async () => {
    const unfinished = { from: "hub", repository: "owner/name", revision: "abc123", dtype: "q8" } as const;
    await addModel(ctx, unfinished);
    expect(add.mock.calls[0]?.[0]).toEqual(unfinished);
  });

  it("says what else it is, and asks for nothing", async () => {
    await addModel(ctx, { from: "hub", repository: "https://huggingface.co/datasets/owner/name" });
    expect(add).not.toHaveBeenCalled();
    expect(libraryStore.getState().addition).toMatchObject({
      name: "https://huggingface.co/datasets/owner/name",
      error: {
        code: "bad-input",
        message: '"https://huggingface.co/datasets/owner/name" is a data set on the Hub, not a model',
      },
    });
  });
});
