/** The command line: parses arguments, runs a command, turns errors into one sentence and an exit code. */
import { defineCommand, runMain } from "citty";
import { version } from "../../package.json" with { type: "json" };
import { COMMANDS } from "./commands/index.ts";

// `stepscope score big.jsonl | head -1` closes our output early; that is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") {
    process.exit(0);
  }
  throw error;
});

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
