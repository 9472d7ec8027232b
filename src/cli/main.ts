/** The command line: parses arguments, runs a command, turns errors into one sentence and an exit code. */
import { readFileSync } from "node:fs";
import { defineCommand, runMain } from "citty";
import * as v from "valibot";
import { COMMANDS } from "./commands/index.ts";
import { say } from "./run-command.ts";

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

await runMain(
  defineCommand({
    meta: {
      name: "stepscope",
      version,
      description: "Scores every step of a chain of thought with a process reward model.",
    },
    subCommands: COMMANDS,
  }),
);
