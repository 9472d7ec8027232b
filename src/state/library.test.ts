import { expect, it } from "vitest";
import type { HubRequest } from "../core/model-library.ts";
import {
  advanceAddition,
  beginAddition,
  dismissFailure,
  endAddition,
  isAdding,
  libraryStore,
} from "./library.ts";

const REQUEST: HubRequest = { from: "hub", repository: "owner/name", dtype: "q4" };
const ERROR = { code: "download-failed", message: "no answer", details: {} } as const;
const START = libraryStore.getInitialState();

it("shows an addition from its start to its end", () => {
  const begun = beginAddition(START, REQUEST);
  expect(isAdding(begun)).toBe(true);
  expect(begun.addition).toMatchObject({ name: "owner/name", progress: undefined });
  const advanced = advanceAddition(begun, { phase: "download", done: 1, total: 2 });
  expect(advanced.addition?.progress).toEqual({ phase: "download", done: 1, total: 2 });
  expect(endAddition(advanced, "added")).toMatchObject({
    addition: undefined,
    news: { kind: "added", name: "owner/name" },
  });
});

it("keeps what failed, to be tried again, and is then adding nothing", () => {
  const failed = endAddition(beginAddition(START, REQUEST), ERROR);
  expect(isAdding(failed)).toBe(false);
  expect(failed.addition).toMatchObject({ request: REQUEST, error: ERROR });
  expect(failed.news).toEqual({ kind: "not-added", name: "owner/name" });
  expect(dismissFailure(failed).addition).toBeUndefined();
});

it("dismisses no addition that goes on", () => {
  const begun = beginAddition(START, REQUEST);
  expect(dismissFailure(begun)).toBe(begun);
});

it("ignores progress that arrives after the end", () => {
  const failed = endAddition(beginAddition(START, REQUEST), ERROR);
  expect(advanceAddition(failed, { phase: "describe" })).toBe(failed);
  expect(advanceAddition(START, { phase: "describe" })).toBe(START);
});
