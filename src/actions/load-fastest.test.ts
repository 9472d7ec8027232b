import { beforeEach, expect, it, vi } from "vitest";
import { AppError } from "../core/errors.ts";
import type { LoadedModel, LoadProgress, LoadRequest, RunWay, Scorer } from "../core/scorer.ts";
import { runWaysStore } from "../state/run-ways.ts";
import { loadFastest, recallWays, rememberChoice } from "./load-fastest.ts";

const WAYS: readonly RunWay[] = [
  { id: "wide", label: "Wide", isExact: true },
  { id: "narrow", label: "Narrow", isExact: true },
  { id: "rough", label: "Rough", isExact: false },
];
const REQUEST: LoadRequest = { model: { id: "m" } };

/** A device whose ways take these tokens a second; those without a speed fail. */
function device(speeds: Readonly<Record<string, number>>) {
  const loads: (string | undefined)[] = [];
  const scorer: Scorer = {
    load: ({ way: asked, measuresSpeed }) => {
      loads.push(asked);
      const way = WAYS.find(({ id }) => (asked === undefined ? id in speeds : id === asked));
      const speed = speeds[way?.id ?? ""];
      if (way === undefined || speed === undefined) {
        return Promise.reject(new AppError("self-test-failed", "off by 0.3"));
      }
      return Promise.resolve({
        way,
        ways: WAYS,
        ...(measuresSpeed ? { tokensPerSecond: speed } : {}),
      } as unknown as LoadedModel);
    },
    score: () => Promise.reject(new Error("not asked for")),
    countTokens: () => Promise.reject(new Error("not asked for")),
  };
  return { scorer, loads };
}

function load({ scorer }: ReturnType<typeof device>, signal = new AbortController().signal) {
  const told: LoadProgress[] = [];
  const loaded = loadFastest(scorer, REQUEST, "m", { signal, emit: (progress) => told.push(progress) });
  return loaded.then(({ way }) => way.id);
}

const stored = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
});
vi.stubGlobal("crossOriginIsolated", true);

beforeEach(() => {
  stored.clear();
  vi.stubGlobal("navigator", { userAgent: "Browser 1", hardwareConcurrency: 4 });
  runWaysStore.setState({}, true);
});

it("tries every exact way once, and ends with the fastest", async () => {
  const here = device({ wide: 100, narrow: 250, rough: 900 });
  expect(await load(here)).toBe("narrow");
  expect(here.loads).toEqual([undefined, "narrow"]);
  expect(await load(here)).toBe("narrow");
  expect(here.loads).toEqual([undefined, "narrow", "narrow"]);
});

it("goes back to the first way when that was the fastest", async () => {
  const here = device({ wide: 300, narrow: 250 });
  expect(await load(here)).toBe("wide");
  expect(here.loads).toEqual([undefined, "narrow", "wide"]);
});

it("tries no other way where the first is fast enough", async () => {
  const here = device({ wide: 5000, narrow: 9000 });
  expect(await load(here)).toBe("wide");
  expect(here.loads).toEqual([undefined]);
});

it("does without a way that fails, on trial or later", async () => {
  expect(await load(device({ wide: 100 }))).toBe("wide");
  const changed = device({ narrow: 50 });
  expect(await load(changed)).toBe("narrow");
});

it("asks for files that do not come once", async () => {
  await load(device({ wide: 100, narrow: 250 }));
  let loads = 0;
  const scorer: Scorer = {
    load: () => {
      loads += 1;
      return Promise.reject(new AppError("download-failed", "model_q4.onnx stopped arriving"));
    },
    score: () => Promise.reject(new Error("not asked for")),
    countTokens: () => Promise.reject(new Error("not asked for")),
  };
  await expect(load({ scorer, loads: [] })).rejects.toMatchObject({ code: "download-failed" });
  expect(loads).toBe(1);
});

it("loads what a person chose, exact or not, until the choice is taken back", async () => {
  const here = device({ wide: 100, narrow: 250, rough: 900 });
  await load(here);
  rememberChoice("m", "rough");
  expect(await load(here)).toBe("rough");
  rememberChoice("m", undefined);
  expect(await load(here)).toBe("narrow");
});

it("remembers over visits to the same device, and measures another browser anew", async () => {
  await load(device({ wide: 100, narrow: 250 }));
  runWaysStore.setState({}, true);
  recallWays();
  expect(runWaysStore.getState()).toEqual({ m: { speeds: { wide: 100, narrow: 250 } } });
  runWaysStore.setState({}, true);
  vi.stubGlobal("navigator", { userAgent: "Browser 2", hardwareConcurrency: 4 });
  recallWays();
  expect(runWaysStore.getState()).toEqual({});
});
