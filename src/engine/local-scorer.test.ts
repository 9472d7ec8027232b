import { expect, it } from "vitest";
import type { EngineHost } from "./host.ts";
import { LocalScorer } from "./local-scorer.ts";

it("says why a known model cannot run before it looks for its files", async () => {
  const asked: string[] = [];
  const host: EngineHost = {
    devices: () => Promise.resolve([]),
    provideModel: ({ id }) => {
      asked.push(id);
      return Promise.reject(new Error("no network"));
    },
  };
  const loading = new LocalScorer(host).load(
    { model: { id: "GenPRM/GenPRM-1.5B" } },
    { signal: new AbortController().signal, emit: () => undefined },
  );
  await expect(loading).rejects.toMatchObject({
    code: "unsupported-model",
    message: "GenPRM is not supported: it writes a critique of every step and has no reward head",
  });
  expect(asked).toEqual([]);
});
