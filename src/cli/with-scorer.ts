import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { CallContext, LoadedModel, LoadProgress, ModelRef, Scorer } from "../core/scorer.ts";
import { LocalScorer } from "../engine/local-scorer.ts";
import { refusedWith } from "../engine/next-device.ts";
import { cpuCandidates, nodeHost } from "./node-host.ts";
import { say } from "./run-command.ts";

/** The embedded model, beside the built command. */
export const EMBEDDED_MODEL = fileURLToPath(new URL("../public/models/stepscope-prm", import.meta.url));

export interface CommandContext {
  readonly scorer: Scorer;
  readonly model: LoadedModel;
  readonly signal: AbortSignal;
}

/**
 * Loads the model first.
 * @param threads Undefined for as many as the machine runs at once.
 */
export async function withScorer(
  folder: string,
  signal: AbortSignal,
  threads: number | undefined,
  work: (ctx: CommandContext) => Promise<void>,
): Promise<void> {
  const candidates = cpuCandidates(threads);
  const scorer = new LocalScorer({ ...nodeHost, devices: () => Promise.resolve(candidates) });
  const model = await load(
    scorer,
    { id: basename(folder), location: folder },
    { signal, emit: () => undefined },
  );
  if (model.device.label !== candidates[0]?.info.label) {
    say(`stepscope: long chains take longer than they could: ${model.device.reason}`);
  }
  await work({ scorer, model, signal });
}

/** The next way where one fails: a graph in a form that cannot be rewritten still runs as it is. */
async function load(
  scorer: Scorer,
  model: ModelRef,
  ctx: CallContext<LoadProgress>,
  refused: readonly string[] = [],
): Promise<LoadedModel> {
  try {
    return await scorer.load({ model, refused }, ctx);
  } catch (thrown) {
    return load(scorer, model, ctx, refusedWith(thrown, refused, ctx.signal));
  }
}
