import { afterEach, expect, it, vi } from "vitest";
import { AppError } from "../core/errors.ts";
import type { AddRequest, LibraryContents, ModelLibrary } from "../core/model-library.ts";
import type { CallContext } from "../core/scorer.ts";
import { GRACE } from "./end-if-deaf.ts";
import { openLibrary } from "./open-library.ts";
import { fakeWorker } from "./testing/fake-worker.ts";

const REQUEST: AddRequest = { from: "hub", repository: "owner/name", dtype: "q4" };
const CONTENTS = { models: [], unfinished: [], damaged: [], used: 1 } as unknown as LibraryContents;
const never = new Promise<never>(() => undefined);

afterEach(() => {
  vi.useRealTimers();
});

function quiet<E>(signal = new AbortController().signal): CallContext<E> {
  return { signal, emit: () => undefined };
}

/** Its first worker answers nothing, as one that computes without a pause, and ends when `hasEnded` settles. */
function firstIsDeaf(hasEnded = Promise.resolve()) {
  let workers = 0;
  const library = openLibrary(() => {
    workers += 1;
    const isDeaf = workers === 1;
    const worker = fakeWorker<ModelLibrary>({
      list: () => (isDeaf ? never : Promise.resolve(CONTENTS)),
      add: () => never,
      remove: () => (isDeaf ? never : Promise.resolve()),
      exportZip: () => never,
    });
    return { worker, untilEnded: () => hasEnded };
  });
  return { library, workers: () => workers };
}

it("ends a worker that goes on after it was told to stop, and starts another", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { library, workers } = firstIsDeaf();
  const controller = new AbortController();
  const adding = library.add(REQUEST, quiet(controller.signal));
  await vi.waitFor(() => expect(workers()).toBe(1));
  controller.abort();
  vi.advanceTimersByTime(GRACE);
  await expect(adding).rejects.toMatchObject({ code: "cancelled" });
  expect(await library.list(null, quiet())).toEqual(CONTENTS);
  expect(workers()).toBe(2);
});

it("asks another worker what waited behind the one that was ended", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { library, workers } = firstIsDeaf();
  const controller = new AbortController();
  const adding = library.add(REQUEST, quiet(controller.signal));
  const listing = library.list(null, quiet());
  const removing = library.remove({ key: "owner--name--q4" }, quiet());
  await vi.waitFor(() => expect(workers()).toBe(1));
  controller.abort();
  vi.advanceTimersByTime(GRACE);
  await expect(adding).rejects.toMatchObject({ code: "cancelled" });
  expect(await listing).toEqual(CONTENTS);
  await removing;
});

it("starts no other before the one that was ended has let go of its files", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let letGo: () => void = () => undefined;
  const { library, workers } = firstIsDeaf(new Promise((resolve) => (letGo = resolve)));
  const controller = new AbortController();
  const adding = library.add(REQUEST, quiet(controller.signal));
  await vi.waitFor(() => expect(workers()).toBe(1));
  controller.abort();
  vi.advanceTimersByTime(GRACE);
  await expect(adding).rejects.toMatchObject({ code: "cancelled" });
  const listing = library.list(null, quiet());
  await Promise.resolve();
  expect(workers()).toBe(1);
  letGo();
  expect(await listing).toEqual(CONTENTS);
});

it("lets the worker of one addition end before the next begins: it may hold the same model's lock", async () => {
  let letGo: () => void = () => undefined;
  const hasEnded = new Promise<void>((resolve) => (letGo = resolve));
  let workers = 0;
  const library = openLibrary(() => {
    workers += 1;
    const worker = fakeWorker<ModelLibrary>({
      list: () => never,
      add: () => Promise.reject(new AppError("bad-input", "does not exist")),
      remove: () => never,
      exportZip: () => never,
    });
    return { worker, untilEnded: () => hasEnded };
  });
  await expect(library.add(REQUEST, quiet())).rejects.toMatchObject({ code: "bad-input" });
  const again = library.add(REQUEST, quiet());
  await Promise.resolve();
  expect(workers).toBe(1);
  letGo();
  await expect(again).rejects.toMatchObject({ code: "bad-input" });
  expect(workers).toBe(2);
});
