/** The command line as a user starts it: how long until its first answer, and how much memory it takes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ScoreRequest } from "../../src/core/scorer.ts";
import type { Bytes, Milliseconds } from "../../src/core/units.ts";
import { ROOT } from "./cpu-model.ts";

/** Runs the built command line and tells its peak memory when it ends. */
const MEASURED = `
import { peakMemory } from ${JSON.stringify(join(ROOT, "bench/peak-memory.mjs"))};
process.on("exit", () => process.send({ peak: peakMemory() }));
process.argv.splice(1, 0, "stepscope");
await import(${JSON.stringify(join(ROOT, "dist-cli/main.js"))});`;

export interface CommandRun {
  /** From starting the process to the first line of its output. */
  readonly firstAnswer: Milliseconds;
  readonly peak: Bytes;
}

export async function scoreByCommand({ problem, steps }: ScoreRequest): Promise<CommandRun> {
  const folder = mkdtempSync(join(tmpdir(), "stepscope-bench-"));
  try {
    const file = join(folder, "chain.jsonl");
    writeFileSync(file, `${JSON.stringify({ id: "bench", problem, steps })}\n`);
    const started = performance.now();
    const child = spawn(process.execPath, ["--input-type=module", "-e", MEASURED, "score", file], {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    const ended = once(child, "exit");
    let firstAnswer = Number.NaN;
    let peak = Number.NaN;
    child.stdout?.once("data", () => {
      firstAnswer = performance.now() - started;
    });
    child.stdout?.resume();
    child.on("message", (message: { readonly peak: Bytes }) => {
      peak = message.peak;
    });
    const [code] = await ended;
    if (code !== 0 || Number.isNaN(firstAnswer)) {
      throw new Error(`stepscope score ended with exit code ${code}`);
    }
    return { firstAnswer, peak };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
