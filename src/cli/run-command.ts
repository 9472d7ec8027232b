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
 * citty takes options it does not know, options without their value and arguments it does not need without a word;
 * a mistyped `--treshold` would then give other results than asked for.
 * @throws AppError `bad-input`
 */
function checkArguments(args: ParsedArguments, definitions: ArgsDef): void {
  for (const name of Object.keys(args).filter((one) => one !== "_")) {
    const definition = definitions[name];
    // `--no-model` makes a boolean of what is none.
    if (definition === undefined || (definition.type === "string" && typeof args[name] === "boolean")) {
      throw new AppError(
        "bad-input",
        `there is no option --${definition === undefined ? name : `no-${name}`}`,
      );
    }
    if (definition.type === "string" && args[name] === "" && definition.default !== "") {
      throw new AppError("bad-input", `--${name} needs a value`);
    }
  }
  const positional = Object.values(definitions).filter(({ type }) => type === "positional").length;
  const extra = args._[positional];
  if (extra !== undefined) {
    throw new AppError("bad-input", `"${extra}" is one argument too many`);
  }
}

interface ParsedArguments {
  readonly _: readonly string[];
  readonly [name: string]: unknown;
}

/** Says what went wrong and sets the exit code. */
export function fail(thrown: unknown): void {
  const error = AppError.from(thrown);
  say(`stepscope: ${error.message}`);
  process.exitCode = exitCode(error.code);
}

/** Runs `work` when the arguments are those that are defined; any error becomes one sentence and an exit code. */
export async function runCommand(
  args: ParsedArguments,
  definitions: ArgsDef,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  try {
    checkArguments(args, definitions);
    await work(controller.signal);
  } catch (thrown) {
    fail(thrown);
  } finally {
    process.off("SIGINT", interrupt);
  }
}
