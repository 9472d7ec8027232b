/** `npm run bench:browser`: every way to run the model in a real Chromium, and Node in turn with them. */
import { assertDefined } from "../../src/core/assert.ts";
import type { ScoreRequest } from "../../src/core/scorer.ts";
import type { Bytes, Milliseconds } from "../../src/core/units.ts";
import type { Way } from "../browser/bench-page.ts";
import { type BenchBrowser, type OpenPage, openBrowser } from "./browser-pages.ts";
import { chainOfTokens, countTokens } from "./chains.ts";
import { MODEL_ID, openOnCpu, provideModel, scoreFresh } from "./cpu-model.ts";
import { COMPARED, type SpeedOptions } from "./options.ts";
import type { Ratios } from "./ratios.ts";
import { describeMachine, printMachine, printRatios, printTable, writeJson } from "./report.ts";
import { inRounds, type Job, type Times } from "./rounds.ts";

const LENGTHS = [512, COMPARED];
const NODE = "Node, CPU";
const WARM_UP = 128;

/** A way that needs longer for the chain that warms it up is measured fewer times. */
const SLOW_MS: Milliseconds = 1500;
const MOST_SLOW_ROUNDS = 2;

/** A way that could be opened, on a page of its own. */
interface OpenWay {
  readonly label: string;
  readonly way: Way;
  readonly page: OpenPage;
  readonly loadMs: Milliseconds;
}

interface WaySpeed {
  readonly label: string;
  readonly tokens: number;
  readonly medianMs: Milliseconds;
  readonly tokensPerSecond: number;
  readonly repetitions: number;
}

interface WayCost {
  readonly label: string;
  readonly loadMs: Milliseconds;
  /** Of the page and its worker after scoring; absent where the browser does not tell. */
  readonly memoryBytes?: Bytes;
}

export async function benchBrowser(options: SpeedOptions, executablePath: string): Promise<void> {
  const { runs, lengths = LENGTHS, threads, out } = options;
  const machine = describeMachine();
  printMachine(machine);
  const provided = await provideModel();
  const model = await openOnCpu(provided, threads);
  const browser = await openBrowser(executablePath);
  try {
    const { ways, coldMs } = await coldLoad(browser);
    const webgpu = ways.some(({ device }) => device.id === "webgpu") ? undefined : ways[0]?.device.reason;
    const open = await openWays(browser, ways);
    const chains = lengths.map((tokens) => ({ tokens, request: chainOfTokens(model.scoring, tokens) }));
    const inNode = async (request: ScoreRequest) => {
      const { duration, trace } = await scoreFresh(model, request);
      return { duration, tokens: trace.timing.tokens };
    };
    const runners = [
      { label: NODE, score: inNode },
      ...open.map(({ label, page }) => ({
        label,
        score: async (request: ScoreRequest) => {
          await page.show();
          return page.bench.evaluate((bench, asked) => bench.score(asked), request);
        },
      })),
    ];
    const warmUp = chainOfTokens(model.scoring, WARM_UP);
    const tokensOf = new Map(
      chains.map(({ tokens, request }) => [tokens, countTokens(model.scoring, request)]),
    );
    const jobs: Job[] = [];
    for (const { label, score } of runners) {
      const { duration } = await score(warmUp);
      const isSlow = duration > SLOW_MS;
      jobs.push(
        ...chains.map(({ tokens, request }) => ({
          name: jobName(label, tokens),
          ...(isSlow ? { rounds: MOST_SLOW_ROUNDS } : {}),
          run: async () => (await score(request)).duration,
        })),
      );
    }
    const times = await inRounds(jobs, runs);
    const speeds = chains.flatMap(({ tokens }) =>
      runners.map(({ label }) =>
        speedOf(label, jobName(label, tokens), assertDefined(tokensOf.get(tokens), "tokens"), times),
      ),
    );
    const costs = await costsOf(open);
    const ratios = ratiosOf(speeds, open, tokensOf.get(COMPARED));
    print(browser.version, speeds, costs, coldMs);
    console.log(webgpu === undefined ? "" : `No WebGPU: ${webgpu}.`);
    printRatios(ratios);
    writeJson(out, {
      format: 1,
      kind: "browser",
      date: new Date().toISOString(),
      machine,
      browser: `Chromium ${browser.version}`,
      model: MODEL_ID,
      dtype: provided.manifest.dtype,
      webgpu: webgpu ?? "measured",
      node: `CPU, ${threads} threads`,
      coldLoadMs: coldMs,
      ways: costs,
      prefill: speeds,
      ratios,
    });
  } finally {
    await browser.close();
    await model.release();
  }
}

function jobName(label: string, tokens: number): string {
  return `${label} at ${tokens}`;
}

/** The first way on a page that has nothing stored: its files come from a server on this machine. */
async function coldLoad(browser: BenchBrowser): Promise<{ ways: readonly Way[]; coldMs: Milliseconds }> {
  const page = await browser.open();
  const ways = await page.bench.evaluate((bench) => bench.ways());
  const { duration } = await page.bench.evaluate((bench, asked) => bench.load(asked), {
    model: browser.model,
    index: 0,
  });
  await page.close();
  return { ways, coldMs: duration };
}

/** A way that cannot be opened is told and left out, as the app goes on to the next. */
async function openWays(browser: BenchBrowser, ways: readonly Way[]): Promise<OpenWay[]> {
  const open: OpenWay[] = [];
  for (const [index, way] of ways.entries()) {
    const label = `${way.device.label}, ${way.kernels === undefined ? "graph unchanged" : `kernels "${way.kernels}"`}`;
    const page = await browser.open();
    try {
      const { duration } = await page.bench.evaluate((bench, asked) => bench.load(asked), {
        model: browser.model,
        index,
      });
      open.push({ label, way, page, loadMs: duration });
    } catch (thrown) {
      console.log(`${label} could not be opened: ${thrown instanceof Error ? thrown.message : thrown}`);
      await page.close();
    }
  }
  return open;
}

function speedOf(label: string, job: string, tokens: number, times: Times): WaySpeed {
  const { median: medianMs, runs } = times(job);
  return { label, tokens, medianMs, tokensPerSecond: (tokens / medianMs) * 1e3, repetitions: runs.length };
}

async function costsOf(open: readonly OpenWay[]): Promise<WayCost[]> {
  const costs: WayCost[] = [];
  for (const { label, loadMs, page } of open) {
    await page.show();
    const memoryBytes = await page.bench.evaluate((bench) => bench.memory());
    costs.push({ label, loadMs, ...(memoryBytes === undefined ? {} : { memoryBytes }) });
  }
  return costs;
}

/** Of the way that the app would take on the processor: the engine's first. */
function ratiosOf(speeds: readonly WaySpeed[], open: readonly OpenWay[], tokens: number | undefined): Ratios {
  const wasm = open.find(({ way }) => way.device.id === "wasm");
  const speed = (label: string | undefined) =>
    speeds.find((one) => one.label === label && one.tokens === tokens)?.tokensPerSecond;
  const [inWasm, inNode] = [speed(wasm?.label), speed(NODE)];
  return inWasm === undefined || inNode === undefined
    ? {}
    : {
        wasmVsNode: {
          value: inWasm / inNode,
          wasmTokensPerSecond: inWasm,
          nodeTokensPerSecond: inNode,
        },
      };
}

function print(
  version: string,
  speeds: readonly WaySpeed[],
  costs: readonly WayCost[],
  coldMs: Milliseconds,
): void {
  printTable(
    `Chains scored from nothing, Chromium ${version} and Node in turn:`,
    speeds.map(({ label, tokens, medianMs, tokensPerSecond, repetitions }) => ({
      way: label,
      tokens,
      "median, ms": Math.round(medianMs),
      "tokens/s": Math.round(tokensPerSecond),
      repetitions,
    })),
  );
  printTable(
    `Load, once each; the first way on a page that stores nothing yet took ${(coldMs / 1e3).toFixed(1)} s:`,
    costs.map(({ label, loadMs, memoryBytes }) => ({
      way: label,
      "load, s": Number((loadMs / 1e3).toFixed(1)),
      "memory, MB": memoryBytes === undefined ? "not told" : Math.round(memoryBytes / 1e6),
    })),
  );
}
