import { beforeEach, expect, it, vi } from "vitest";
import type { LibraryContents, ModelLibrary } from "../core/model-library.ts";
import { libraryStore } from "../state/library.ts";
import { EMBEDDED_MODEL, modelChoiceStore } from "../state/model-choice.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { idle } from "./in-flight.ts";
import { followNames } from "./list-models.ts";
import { shelve } from "./shelf.ts";
import { NO_INTAKE } from "./testing/no-intake.ts";
import { NO_LANES } from "./testing/no-lanes.ts";
import { NO_PATTERNS } from "./testing/no-patterns.ts";
import { stubPage } from "./testing/page.ts";
import { EMBEDDED, NO_LIBRARY, NOT_COUNTED } from "./testing/scoring.ts";

const CONTENTS: LibraryContents = {
  models: [],
  unfinished: [],
  damaged: [],
  device: { gpu: undefined, memory: undefined, storage: undefined },
  used: undefined,
};

beforeEach(() => {
  stubPage();
  modelChoiceStore.setState({ id: "served", location: "https://example.org/models/served/" }, true);
  libraryStore.setState(libraryStore.getInitialState(), true);
  runsStore.setState(NO_RUN, true);
  shelfStore.setState(EMPTY_SHELF, true);
});

it("reads the list of models, once, when something is there of one that only the list can name", async () => {
  const list = vi.fn<ModelLibrary["list"]>(() => Promise.resolve(CONTENTS));
  followNames({
    scorer: { load: NOT_COUNTED, score: NOT_COUNTED, countTokens: NOT_COUNTED },
    library: { ...NO_LIBRARY, list },
    intake: NO_INTAKE,
    patterns: NO_PATTERNS,
    lanes: NO_LANES,
    embedded: EMBEDDED,
  });
  shelve(finishedRun(sourceWith("a"), EMBEDDED_MODEL));
  runsStore.setState({ current: finishedRun(sourceWith("b"), "served") }, true);
  await idle();
  expect(list).not.toHaveBeenCalled();
  shelve(finishedRun(sourceWith("a"), "own--fp32"));
  shelve(finishedRun(sourceWith("b"), "own--fp32"));
  await idle();
  expect(list).toHaveBeenCalledTimes(1);
  expect(libraryStore.getState().contents).toBe(CONTENTS);
});
