import { afterEach, expect, it, vi } from "vitest";
import { AppError } from "../core/errors.ts";
import type { CallContext, LoadedModel, Scorer } from "../core/scorer.ts";
import type { ScoredTrace } from "../core/trace.ts";
import { GRACE } from "./end-if-deaf.ts";
import { openScorer } from "./open-scorer.ts";
import { fakeWorker } from "./testing/fake-worker.ts";

afterEach(() => {
  vi.useRealTimers();
});

function quiet<E>(): CallContext<E> {
  return { signal: new AbortController().signal, emit: () => undefined };
}

/** None of these counts tokens. */
type Served = Omit<Scorer, "countTokens">;

const never = new Promise<never>(() => undefined);
const request = { problem: "p", steps: ["a"] };
const model = { id: "m" } as LoadedModel;

it("tells every call under way when the worker is given up", async () => {
  const scorer = openScorer(() =>
    fakeWorker<Served>({
      load: () => Promise.resolve(model),
      score: ({ problem }) => (problem === "p" ? Promise.reject(new AppError("device-lost", "lost")) : never),
    }),
  );
  const waiting = scorer.score({ ...request, problem: "other" }, quiet());
  await expect(scorer.score(request, quiet())).rejects.toMatchObject({ code: "device-lost" });
  await expect(waiting).rejects.toMatchObject({ code: "device-lost" });
});

it("tries the next device in a new worker, and says why the last was refused", async () => {
  const refusals: (readonly string[])[] = [];
  let workers = 0;
  const scorer = openScorer(() => {
    workers += 1;
    return fakeWorker<Served>({
      load: ({ refused = [] }) => {
        refusals.push(refused);
        return refused.length === 0
          ? Promise.reject(
              new AppError("self-test-failed", "off by 0.3", { device: "WebGPU", devicesLeft: 1 }),
            )
          : Promise.resolve(model);
      },
      score: () => never,
    });
  });
  expect(await scorer.load({ model: { id: "m" } }, quiet())).toEqual(model);
  expect(workers).toBe(2);
  expect(refusals).toEqual([[], ["WebGPU was refused: off by 0.3"]]);
});

it("does not try another device for what no device can change", async () => {
  let workers = 0;
  const scorer = openScorer(() => {
    workers += 1;
    const error = new AppError("unsupported-model", "no such protocol", { device: "WebGPU", devicesLeft: 1 });
    return fakeWorker<Served>({ load: () => Promise.reject(error), score: () => never });
  });
  await expect(scorer.load({ model: { id: "m" } }, quiet())).rejects.toMatchObject({
    code: "unsupported-model",
  });
  expect(workers).toBe(1);
});

it("works again after a worker was given up", async () => {
  const scored = { steps: [], stepCount: 0 } as unknown as ScoredTrace;
  let workers = 0;
  const scorer = openScorer(() => {
    workers += 1;
    const isFirst = workers === 1;
    return fakeWorker<Served>({
      load: () => Promise.resolve(model),
      score: () =>
        isFirst ? Promise.reject(new AppError("out-of-memory", "full")) : Promise.resolve(scored),
    });
  });
  await expect(scorer.score(request, quiet())).rejects.toMatchObject({ code: "out-of-memory" });
  await scorer.load({ model: { id: "m" } }, quiet());
  expect(await scorer.score(request, quiet())).toEqual(scored);
});

it("ends a worker that goes on loading after it was told to stop, and starts another", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let workers = 0;
  const scorer = openScorer(() => {
    workers += 1;
    return fakeWorker<Served>({
      load: () => (workers === 1 ? never : Promise.resolve(model)),
      score: () => never,
    });
  });
  const controller = new AbortController();
  const loading = scorer.load({ model: { id: "m" } }, { ...quiet(), signal: controller.signal });
  controller.abort();
  vi.advanceTimersByTime(GRACE);
  await expect(loading).rejects.toMatchObject({ code: "cancelled" });
  expect(await scorer.load({ model: { id: "m" } }, quiet())).toEqual(model);
  expect(workers).toBe(2);
});

it("keeps a worker that answers in time", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let workers = 0;
  const scorer = openScorer(() => {
    workers += 1;
    return fakeWorker<Served>({
      load: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new AppError("cancelled", "stopped")));
        }),
      score: () => Promise.resolve({ stepCount: 0 } as unknown as ScoredTrace),
    });
  });
  const controller = new AbortController();
  const loading = scorer.load({ model: { id: "m" } }, { ...quiet(), signal: controller.signal });
  controller.abort();
  await expect(loading).rejects.toMatchObject({ code: "cancelled" });
  vi.advanceTimersByTime(GRACE);
  await scorer.score(request, quiet());
  expect(workers).toBe(1);
});
