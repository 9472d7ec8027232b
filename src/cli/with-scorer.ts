import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoadedModel, Scorer } from "../core/scorer.ts";
import { LocalScorer } from "../engine/local-scorer.ts";
import { cpuCandidate, nodeHost } from "./node-host.ts";

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
  const scorer = new LocalScorer({ ...nodeHost, devices: () => Promise.resolve([cpuCandidate(threads)]) });
  const model = await scorer.load(
    { model: { id: basename(folder), location: folder } },
    { signal, emit: () => undefined },
  );
  await work({ scorer, model, signal });
}
