import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ArgsDef, defineCommand } from "citty";
import * as v from "valibot";
import { AppError } from "../../core/errors.ts";
import { STRATEGIES, segmentTrace } from "../../core/segment/index.ts";
import type { ScoredTrace } from "../../core/trace.ts";
import { runCommand, say } from "../run-command.ts";
import { type CommandContext, EMBEDDED_MODEL, withScorer } from "../with-scorer.ts";

/** A chain as it is written by hand; texts are lists of lines so that they can be read in an editor. */
const Chain = v.object({
  order: v.number(),
  title: v.string(),
  kind: v.string(),
  note: v.string(),
  source: v.optional(v.string()),
  strategy: v.optional(v.picklist(STRATEGIES.map(({ id }) => id)), "blank-line"),
  problem: v.array(v.string()),
  chain: v.array(v.string()),
});

/** Enough to show and compare; full float64 would double the file for nothing a screen can show. */
const DIGITS = 6;

const ARGS = {
  folder: { type: "positional", description: "Gallery folder", required: true },
  model: { type: "string", description: "Model folder", default: EMBEDDED_MODEL, valueHint: "folder" },
} as const satisfies ArgsDef;

export const gallery = defineCommand({
  meta: {
    name: "gallery",
    description: "Scores the chains of a gallery folder (chains/*.json) into scored/gallery.json.",
  },
  args: ARGS,
  run: ({ args }) =>
    runCommand(args, ARGS, async (signal) => {
      const chains = await readChains(join(args.folder, "chains"));
      await withScorer(args.model, signal, undefined, (ctx) => scoreChains(chains, args.folder, ctx));
    }),
});

async function scoreChains(
  chains: Awaited<ReturnType<typeof readChains>>,
  folder: string,
  { scorer, model, signal }: CommandContext,
): Promise<void> {
  const entries = [];
  for (const { id, chain } of chains) {
    const { order: _, ...entry } = chain;
    const problem = chain.problem.join("\n");
    const text = chain.chain.join("\n");
    const trace = segmentTrace({ problem, chain: text, strategy: chain.strategy });
    const scored = await scorer.score(
      { problem, steps: trace.steps.map((step) => step.text) },
      { signal, emit: () => undefined },
    );
    say(`${id}: ${scored.steps.map((step) => step.reward.toFixed(2)).join(" ")}`);
    entries.push({
      id,
      ...entry,
      problem,
      chain: text,
      modelId: model.id,
      protocol: model.protocol,
      threshold: model.threshold,
      scored: compact(scored),
    });
  }
  const out = join(folder, "scored", "gallery.json");
  await writeFile(out, `${JSON.stringify(entries)}\n`);
  say(`${entries.length} chains written to ${out}`);
}

async function readChains(folder: string) {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new AppError("bad-input", `${folder} cannot be read: it is not a gallery's folder`, {}, cause);
  }
  const files = names.filter((name) => name.endsWith(".json"));
  const chains = await Promise.all(
    files.map(async (name) => ({
      id: name.slice(0, -".json".length),
      chain: v.parse(Chain, JSON.parse(await readFile(join(folder, name), "utf8"))),
    })),
  );
  return chains.sort((a, b) => a.chain.order - b.chain.order);
}

function round(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** The same result with fewer digits. */
function compact(scored: ScoredTrace): ScoredTrace {
  return {
    ...scored,
    ...(scored.trajectoryReward === undefined ? {} : { trajectoryReward: round(scored.trajectoryReward) }),
    steps: scored.steps.map((step) => ({
      ...step,
      reward: round(step.reward),
      ...(step.value === undefined ? {} : { value: round(step.value) }),
      ...(step.hazards === undefined
        ? {}
        : { hazards: step.hazards.map((token) => ({ ...token, hazard: round(token.hazard) })) }),
      read: { ...step.read, logits: step.read.logits.map((row) => row.map(round)) },
    })),
    timing: { ...scored.timing, forward: Math.round(scored.timing.forward) },
  };
}
