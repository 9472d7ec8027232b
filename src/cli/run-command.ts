/** What every command does around its own work: listens for Ctrl-C, turns errors into one sentence and an exit code. */
import type { ArgsDef } from "citty";
import { AppError, type ErrorCode } from "../core/errors.ts";

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

/** One line to the person at the terminal. Results go to stdout, everything else here. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * citty takes options it does not know and arguments it does not need without a word; a mistyped `--treshold`
 * would then give other results than asked for.
 * @throws AppError `bad-input`
 */
export function refuseUnknown(
  args: { readonly _: readonly string[]; readonly [name: string]: unknown },
  definitions: ArgsDef,
): void {
  const known = new Set(Object.keys(definitions));
  const unknown = Object.keys(args).find((name) => name !== "_" && !known.has(name));
  if (unknown !== undefined) {
    throw new AppError("bad-input", `there is no option --${unknown}`);
  }
  const positional = Object.values(definitions).filter(({ type }) => type === "positional").length;
  const extra = args._[positional];
  if (extra !== undefined) {
    throw new AppError("bad-input", `"${extra}" is one argument too many`);
  }
}

/** Runs `work`; any error becomes one sentence on stderr and an exit code. */
export async function runCommand(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  try {
    await work(controller.signal);
  } catch (thrown) {
    const error = AppError.from(thrown);
    say(`stepscope: ${error.message}`);
    process.exitCode = exitCode(error.code);
  } finally {
    process.off("SIGINT", interrupt);
  }
}
