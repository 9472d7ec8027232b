/** `npm run bench`: every measurement that needs no browser. */
import { nodeHost } from "../../src/cli/node-host.ts";
import type { Bytes, Milliseconds } from "../../src/core/units.ts";
import { LocalScorer } from "../../src/engine/local-scorer.ts";
import { chainOfSteps, chainOfTokens, type Prompting } from "./chains.ts";
import { type CommandRun, scoreByCommand } from "./command.ts";
import { MODEL_FOLDER, MODEL_ID, openOnCpu, provideModel, QUIET } from "./cpu-model.ts";
import { COMPARED, type SpeedOptions } from "./options.ts";
import { openPeer } from "./peer.ts";
import { benchPrefill, type PrefillResult } from "./prefill-bench.ts";
import {
  describeMachine,
  printMachine,
  printNoise,
  printRatios,
  printSpeeds,
  printTable,
  writeJson,
} from "./report.ts";
import { benchReuse } from "./reuse-bench.ts";
import { inRounds, watchOthers } from "./rounds.ts";
import { benchChunks, benchThreads, benchVariants } from "./sessions-bench.ts";

const LENGTHS = [256, 512, 1024, 2048, 4096, 8192];
const QUICK_LENGTHS = [256, 512, 1024, 2048];

export async function benchNode(options: SpeedOptions): Promise<void> {
  const { runs, isQuick, lengths = isQuick ? QUICK_LENGTHS : LENGTHS, threads, hasPeer, out } = options;
  const machine = describeMachine();
  printMachine(machine);
  const peer = hasPeer ? await openPeer(threads) : "PyTorch is left out, as asked.";
  const provided = await provideModel();
  const model = await openOnCpu(provided, threads);
  const { scoring } = model;
  try {
    const since = watchOthers();
    const prefill = await benchPrefill(model, lengths, runs, typeof peer === "string" ? undefined : peer);
    const othersBusy = since();
    printPrefill(prefill, typeof peer === "string" ? peer : undefined);
    // PyTorch is no child of what is counted: with it, the machine is never this process's alone.
    if (typeof peer === "string") {
      printNoise(othersBusy);
    } else {
      peer.close();
    }
    const sinceReuse = watchOthers();
    const reuse = await benchReuse(model, runs);
    const othersBusyReuse = sinceReuse();
    const ratios = { ...reuse.ratios, ...prefill.ratios };
    printRatios(ratios);
    console.log(
      `The chain of 40 steps has ${reuse.tokens} tokens, a candidate of the 8 has ${reuse.candidateTokens}.`,
    );
    printNoise(othersBusyReuse);
    const chunks = await benchChunks(model, runs);
    printSpeeds("Chunks:", chunks);
    const threadSpeeds = await benchThreads(provided, runs);
    printSpeeds("Threads:", threadSpeeds);
    const variants = await benchVariants(provided, threads, runs);
    printSpeeds("4-bit products:", variants);
    const load = await benchLoad(runs);
    const memory = await benchMemory(scoring, lengths);
    printTable("Load and peak memory:", loadRows(load, memory));
    writeJson(out, {
      format: 1,
      kind: "node",
      date: new Date().toISOString(),
      machine,
      othersBusy: othersBusyReuse,
      model: MODEL_ID,
      device: `CPU, ${threads} threads`,
      dtype: provided.manifest.dtype,
      prefill: prefill.lengths,
      growth: prefill.growth,
      peer: prefill.peer ?? {
        skipped: typeof peer === "string" ? peer : `no chain of ${COMPARED} tokens was asked for`,
      },
      reuse: { tokens: reuse.tokens, candidateTokens: reuse.candidateTokens },
      chunks,
      threads: threadSpeeds,
      variants,
      load,
      memory,
      ratios,
    });
  } finally {
    await model.release();
    if (typeof peer !== "string") {
      peer.close();
    }
  }
}

function printPrefill({ lengths, growth, peer }: PrefillResult, skipped: string | undefined): void {
  printTable(
    "Chains scored from nothing, in Node:",
    lengths.map(({ tokens, medianMs, tokensPerSecond, runsMs, chunk }) => ({
      tokens,
      "median, ms": Math.round(medianMs),
      "tokens/s": Math.round(tokensPerSecond),
      repetitions: runsMs.length,
      "fastest, ms": Math.round(Math.min(...runsMs)),
      "slowest, ms": Math.round(Math.max(...runsMs)),
      "tokens a chunk": Math.round(chunk),
    })),
  );
  const { a, b, exponent } = growth;
  console.log(
    `T(N) = ${(a * 1e3).toFixed(3)} ms N + ${(b * 1e6).toFixed(3)} µs N²` +
      (exponent === undefined ? "" : `; from 1k up time grows as N^${exponent.toFixed(2)}`),
  );
  if (peer === undefined) {
    console.log(
      skipped ?? `PyTorch is compared at ${COMPARED} tokens only, a length that was not asked for.`,
    );
    return;
  }
  printTable(
    `${peer.label}; its logits are within ${peer.logitsError.toExponential(1)} of ONNX Runtime's:`,
    Object.fromEntries(
      peer.speeds.map(({ dtype, tokens, medianMs, tokensPerSecond }) => [
        dtype,
        { tokens, "median, ms": Math.round(medianMs), "tokens/s": Math.round(tokensPerSecond) },
      ]),
    ),
  );
}

interface LoadTimes {
  /** From starting the command to its first answer, of a chain of one step. */
  readonly coldMs: Milliseconds;
  /** The model loaded, verified and self-tested once more in a process that runs. */
  readonly warmMs: Milliseconds;
}

async function benchLoad(runs: number): Promise<LoadTimes> {
  // Loading again releases what was loaded before.
  const scorer = new LocalScorer(nodeHost);
  const times = await inRounds(
    [
      { name: "cold", run: async () => (await scoreByCommand(chainOfSteps(1))).firstAnswer },
      {
        name: "warm",
        run: async () => {
          const started = performance.now();
          await scorer.load({ model: { id: MODEL_ID, location: MODEL_FOLDER } }, QUIET);
          return performance.now() - started;
        },
      },
    ],
    runs,
  );
  return { coldMs: times("cold").median, warmMs: times("warm").median };
}

interface PeakMemory {
  /** Length of the chain; 0 for a chain of one step. */
  readonly tokens: number;
  readonly peakBytes: Bytes;
}

async function benchMemory(prompting: Prompting, lengths: readonly number[]): Promise<PeakMemory[]> {
  const measured: PeakMemory[] = [];
  for (const tokens of new Set([0, COMPARED, Math.max(...lengths)])) {
    const request = tokens === 0 ? chainOfSteps(1) : chainOfTokens(prompting, tokens);
    const { peak }: CommandRun = await scoreByCommand(request);
    measured.push({ tokens, peakBytes: peak });
  }
  return measured;
}

function loadRows({ coldMs, warmMs }: LoadTimes, memory: readonly PeakMemory[]): Record<string, object> {
  const seconds = (duration: Milliseconds) => `${(duration / 1e3).toFixed(2)} s`;
  return {
    "command started to first reward": { measured: seconds(coldMs) },
    "loaded again": { measured: seconds(warmMs) },
    ...Object.fromEntries(
      memory.map(({ tokens, peakBytes }) => [
        tokens === 0 ? "peak memory, one step" : `peak memory, ${tokens} tokens`,
        { measured: `${Math.round(peakBytes / 1e6)} MB` },
      ]),
    ),
  };
}
