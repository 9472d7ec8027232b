/** The command line: parses arguments, runs a command, turns errors into one sentence and an exit code. */
import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { defineCommand, runCommand, runMain } from "citty";
import * as v from "valibot";
import { AppError } from "../core/errors.ts";
import { COMMANDS } from "./commands/index.ts";
import { fail, say } from "./run-command.ts";

// `stepscope score big.jsonl | head -1` closes our output early; that is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") {
    process.exit(0);
  }
  say(`stepscope: the output could not be written: ${error.message}`);
  process.exit(1);
});
// Messages that nobody can read must not end the work.
process.stderr.on("error", () => undefined);

/** The package's own description, beside the folder this file is built into. */
const { version } = v.parse(
  v.object({ version: v.string() }),
  JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")),
);

const stepscope = defineCommand({
  meta: {
    name: "stepscope",
    version,
    description: "Scores every step of a chain of thought with a process reward model.",
  },
  subCommands: COMMANDS,
});

const rawArgs = process.argv.slice(2);
const isQuestion =
  rawArgs.some((arg) => ["--help", "-h"].includes(arg)) ||
  (rawArgs.length === 1 && ["--version", "-v"].includes(rawArgs[0] ?? ""));
if (isQuestion) {
  await runMain(stepscope);
} else {
  try {
    // Not `runMain`, which answers wrong usage on stdout and with exit code 1.
    await runCommand(stepscope, { rawArgs });
  } catch (thrown) {
    const isUsage = thrown instanceof Error && thrown.name === "CLIError";
    const usage = (text: string) =>
      `${stripVTControlCharacters(text).replace(/\.$/, "")}; see stepscope --help`;
    fail(isUsage ? new AppError("bad-input", usage(thrown.message)) : thrown);
  }
}
