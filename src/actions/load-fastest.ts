/**
 * Loads a model the fastest exact way this device has. The first time each way is opened and timed on the model's
 * own canary; the speeds are remembered for this browser, this device and this model.
 */
import * as v from "valibot";
import { AppError, DEVICE_ERRORS } from "../core/errors.ts";
import type { CallContext, LoadedModel, LoadProgress, LoadRequest, RunWay, Scorer } from "../core/scorer.ts";
import { chooseWay, fastest, rememberSpeeds, runWaysStore } from "../state/run-ways.ts";

const STORAGE_KEY = "stepscope-run-ways";

/** Tokens a second at which a long chain takes seconds: looking for a faster way would take longer than it spares. */
const FAST_ENOUGH = 2000;

const Remembered = v.object({
  device: v.string(),
  ways: v.record(
    v.string(),
    v.object({ speeds: v.record(v.string(), v.number()), chosen: v.optional(v.string()) }),
  ),
});

/** Another browser version, or another number of cores, is measured again. */
function fingerprint(): string {
  return [navigator.userAgent, navigator.hardwareConcurrency, crossOriginIsolated].join(" · ");
}

/** Takes up what an earlier visit measured on this device. */
export function recallWays(): void {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null");
    const { success, output } = v.safeParse(Remembered, stored);
    if (success && output.device === fingerprint()) {
      runWaysStore.setState(
        Object.fromEntries(
          Object.entries(output.ways).map(([key, { speeds, chosen }]) => [
            key,
            chosen === undefined ? { speeds } : { speeds, chosen },
          ]),
        ),
        true,
      );
    }
  } catch {
    // Storage that is off, or holds something else: the ways are measured again.
  }
}

function keepWays(): void {
  try {
    localStorage.setItem(
      STORAGE_KEY,
      JSON.stringify({ device: fingerprint(), ways: runWaysStore.getState() }),
    );
  } catch {
    // Storage is off: the next visit measures again.
  }
}

/** @param way Absent: the fastest exact one. */
export function rememberChoice(key: string, way: string | undefined): void {
  runWaysStore.setState((state) => chooseWay(state, key, way), true);
  keepWays();
}

/**
 * @param key Tells the model apart from others on this device.
 * @throws AppError what the scorer's `load` throws.
 */
export async function loadFastest(
  scorer: Scorer,
  request: LoadRequest,
  key: string,
  ctx: CallContext<LoadProgress>,
): Promise<LoadedModel> {
  const { speeds, chosen } = runWaysStore.getState()[key] ?? { speeds: {} };
  const remembered = chosen ?? fastest(speeds);
  if (remembered !== undefined) {
    const loaded = await unlessItFails(() => scorer.load({ ...request, way: remembered }, ctx));
    if (loaded !== undefined) {
      return loaded;
    }
  }
  const first = await scorer.load({ ...request, measuresSpeed: true }, ctx);
  if ((first.tokensPerSecond ?? 0) >= FAST_ENOUGH) {
    return first;
  }
  return measureOthers(scorer, request, key, first, ctx);
}

async function measureOthers(
  scorer: Scorer,
  request: LoadRequest,
  key: string,
  first: LoadedModel,
  ctx: CallContext<LoadProgress>,
): Promise<LoadedModel> {
  const speeds: Record<string, number> = {};
  let current: LoadedModel | undefined = first;
  const note = ({ way, tokensPerSecond }: LoadedModel) => {
    speeds[way.id] = tokensPerSecond ?? 0;
  };
  note(first);
  for (const way of first.ways.filter(({ id, isExact }) => isExact && id !== first.way.id)) {
    current = await unlessItFails(() =>
      scorer.load({ ...request, way: way.id, measuresSpeed: true }, timing(way, ctx)),
    );
    if (current !== undefined) {
      note(current);
    }
  }
  runWaysStore.setState((state) => rememberSpeeds(state, key, speeds), true);
  keepWays();
  const best = fastest(speeds) ?? first.way.id;
  return current?.way.id === best ? current : scorer.load({ ...request, way: best }, ctx);
}

/** A way that fails while it is tried, or does no longer what it did, is none; no other helps where files are missing. */
async function unlessItFails(load: () => Promise<LoadedModel>): Promise<LoadedModel | undefined> {
  try {
    return await load();
  } catch (thrown) {
    if (!DEVICE_ERRORS.has(AppError.from(thrown).code)) {
      throw thrown;
    }
    return undefined;
  }
}

/** What is told while another way is tried: that, and no second download. */
function timing({ label }: RunWay, ctx: CallContext<LoadProgress>): CallContext<LoadProgress> {
  return {
    signal: ctx.signal,
    emit: ({ phase }) => {
      if (phase === "compile") {
        ctx.emit({ phase: "calibrate", way: label });
      }
    },
  };
}
