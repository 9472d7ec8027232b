/** Tokens a second with other numbers of threads, other chunks and other attributes of the 4-bit products. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ScoreRequest } from "../../src/core/scorer.ts";
import type { ScoredTrace } from "../../src/core/trace.ts";
import type { Milliseconds } from "../../src/core/units.ts";
import type { ProvidedModel } from "../../src/engine/host.ts";
import type { OpenModel } from "../../src/engine/open-model.ts";
import { chainOfTokens, countTokens } from "./chains.ts";
import { BUILT, openOnCpu, scoreFresh } from "./cpu-model.ts";
import { GRAPH_VARIANTS, hasOwnWeights, writeVariant } from "./graph-variants.ts";
import { inRounds } from "./rounds.ts";

const TOKENS = 512;
const CHUNKS = [64, 128, 256, 512];

export interface Speed {
  readonly label: string;
  readonly tokens: number;
  readonly medianMs: Milliseconds;
  readonly tokensPerSecond: number;
  /** Largest difference of a step reward to the model as it is published. */
  readonly largestRewardError?: number;
}

interface Way {
  readonly label: string;
  readonly model: OpenModel;
  readonly chunkTokens?: number;
}

async function compare(ways: readonly Way[], runs: number): Promise<Speed[]> {
  const [first] = ways;
  if (first === undefined) {
    return [];
  }
  const request = chainOfTokens(first.model.scoring, TOKENS);
  const tokens = countTokens(first.model.scoring, request);
  for (const { model, chunkTokens } of ways) {
    await scoreFresh(model, request, chunkTokens);
  }
  const times = await inRounds(
    ways.map(({ label, model, chunkTokens }) => ({
      name: label,
      run: async () => (await scoreFresh(model, request, chunkTokens)).duration,
    })),
    runs,
  );
  return ways.map(({ label }) => {
    const { median: medianMs } = times(label);
    return { label, tokens, medianMs, tokensPerSecond: (tokens / medianMs) * 1e3 };
  });
}

/** One thread, two, four and so on, up to all. */
export async function benchThreads(provided: ProvidedModel, runs: number): Promise<Speed[]> {
  const most = availableParallelism();
  const counts = new Set([most]);
  for (let count = 1; count < most; count *= 2) {
    counts.add(count);
  }
  const ways: Way[] = [];
  for (const count of [...counts].sort((a, b) => a - b)) {
    ways.push({
      label: `${count} ${count === 1 ? "thread" : "threads"}`,
      model: await openOnCpu(provided, count),
    });
  }
  try {
    return await compare(ways, runs);
  } finally {
    await releaseAll(ways);
  }
}

/** The size that the engine picks by the clock, and fixed ones. */
export function benchChunks(model: OpenModel, runs: number): Promise<Speed[]> {
  return compare(
    [
      { label: "chunks as the engine picks them", model },
      ...CHUNKS.map((chunkTokens) => ({ label: `chunks of ${chunkTokens}`, model, chunkTokens })),
    ],
    runs,
  );
}

export async function benchVariants(
  provided: ProvidedModel,
  threads: number,
  runs: number,
): Promise<Speed[]> {
  mkdirSync(BUILT, { recursive: true });
  const scratch = mkdtempSync(join(BUILT, "variants-"));
  const ways: Way[] = [];
  try {
    const errors = new Map<string, number>();
    let published: ScoredTrace | undefined;
    for (const [index, variant] of GRAPH_VARIANTS.entries()) {
      const folder = join(scratch, String(index));
      writeVariant(variant, folder);
      const model = await openOnCpu(provided, threads, folder);
      ways.push({ label: variant.label, model });
      if (hasOwnWeights(variant)) {
        const { trace } = await scoreFresh(model, rewardsChain(model));
        published ??= trace;
        errors.set(variant.label, largestDifference(published, trace));
      }
    }
    const speeds = await compare(ways, runs);
    return speeds.map((speed) => {
      const largestRewardError = errors.get(speed.label);
      return largestRewardError === undefined ? speed : { ...speed, largestRewardError };
    });
  } finally {
    await releaseAll(ways);
    rmSync(scratch, { recursive: true, force: true });
  }
}

function rewardsChain(model: OpenModel): ScoreRequest {
  return chainOfTokens(model.scoring, TOKENS);
}

function largestDifference(one: ScoredTrace, other: ScoredTrace): number {
  return Math.max(
    ...one.steps.map(({ reward }, index) => Math.abs(reward - (other.steps[index]?.reward ?? Number.NaN))),
  );
}

async function releaseAll(ways: readonly Way[]): Promise<void> {
  for (const { model } of ways) {
    await model.release();
  }
}
