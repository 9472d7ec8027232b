/** What every command that scores does around its own work: opens the model, listens for Ctrl-C, reports failure. */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError, type ErrorCode } from "../core/errors.ts";
import type { LoadedModel, Scorer } from "../core/scorer.ts";
import { LocalScorer } from "../engine/local-scorer.ts";
import { nodeHost } from "./node-host.ts";

/** The embedded model, beside the built command. */
export const EMBEDDED_MODEL = fileURLToPath(new URL("../public/models/stepscope-prm", import.meta.url));

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
/** 128 + SIGINT, as shells count. */
const EXIT_INTERRUPTED = 130;

function exitCode(code: ErrorCode): number {
  switch (code) {
    case "cancelled":
      return EXIT_INTERRUPTED;
    case "bad-input":
      return EXIT_USAGE;
    default:
      return EXIT_FAILED;
  }
}

export interface CommandContext {
  readonly scorer: Scorer;
  readonly model: LoadedModel;
  readonly signal: AbortSignal;
}

/** One line to the person at the terminal. Results go to stdout, everything else here. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Loads the model and runs `work`; any error becomes one sentence on stderr and an exit code. */
export async function withScorer(
  folder: string,
  work: (ctx: CommandContext) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  try {
    const scorer = new LocalScorer(nodeHost);
    const { signal } = controller;
    const model = await scorer.load(
      { model: { id: basename(folder), location: folder } },
      { signal, emit: () => undefined },
    );
    await work({ scorer, model, signal });
  } catch (thrown) {
    const error = AppError.from(thrown);
    say(`stepscope: ${error.message}`);
    process.exitCode = exitCode(error.code);
  } finally {
    process.off("SIGINT", interrupt);
  }
}
