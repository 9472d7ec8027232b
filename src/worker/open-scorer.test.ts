import { expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import type { CallContext, LoadedModel, Scorer } from "../core/scorer.ts";
import type { ScoredTrace } from "../core/trace.ts";
import { openScorer, type ScoringThread } from "./open-scorer.ts";
import { serve } from "./rpc.ts";

/** A thread's end of a channel with what `openScorer` uses of a Worker. The service answers in this thread. */
function fakeWorker(service: Scorer): ScoringThread {
  const { port1, port2 } = new MessageChannel();
  serve(port1, service);
  return {
    addEventListener: port2.addEventListener.bind(port2),
    postMessage: (message: unknown) => port2.postMessage(message),
    start: () => port2.start(),
    terminate: () => {
      port1.close();
      port2.close();
    },
  };
}

function quiet<E>(): CallContext<E> {
  return { signal: new AbortController().signal, emit: () => undefined };
}

const never = new Promise<never>(() => undefined);
const request = { problem: "p", steps: ["a"] };
const model = { id: "m" } as LoadedModel;

it("tells every call under way when the worker is given up", async () => {
  const scorer = openScorer(() =>
    fakeWorker({
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
    return fakeWorker({
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
    return fakeWorker({ load: () => Promise.reject(error), score: () => never });
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
    return fakeWorker({
      load: () => Promise.resolve(model),
      score: () =>
        isFirst ? Promise.reject(new AppError("out-of-memory", "full")) : Promise.resolve(scored),
    });
  });
  await expect(scorer.score(request, quiet())).rejects.toMatchObject({ code: "out-of-memory" });
  await scorer.load({ model: { id: "m" } }, quiet());
  expect(await scorer.score(request, quiet())).toEqual(scored);
});
