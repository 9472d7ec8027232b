// `npm run bench`: how fast this machine scores in Node, and against what the same work costs without the engine's
// reuse and in PyTorch. `npm run bench:browser`: the same model in a real Chromium. Both print tables;
// docs/performance.md says what each number means.
//   --out FILE           also writes the numbers as JSON
//   --runs N             repetitions of each measurement (5)
//   --lengths 256,1024   lengths of the chains, in tokens
//   --threads N          threads of the session, and of PyTorch (all cores)
//   --quick              few lengths and repetitions, for trying it
//   --no-peer            leaves PyTorch out
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";
import { ensureBuild } from "../scripts/ensure-build.mjs";
import { ensureDependencies } from "../scripts/ensure-dependencies.mjs";
import { findChromium } from "../scripts/find-chromium.mjs";
import { ROOT, runMain, SetupError } from "../scripts/run.mjs";

/**
 * @param {string} name
 * @param {string} text
 */
function countOption(name, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new SetupError(`--${name} takes a whole number above 0, not "${text}".`);
  }
  return value;
}

function readArgs() {
  try {
    return parseArgs({
      allowNegative: true,
      options: {
        browser: { type: "boolean", default: false },
        out: { type: "string" },
        runs: { type: "string" },
        lengths: { type: "string" },
        threads: { type: "string" },
        quick: { type: "boolean", default: false },
        peer: { type: "boolean", default: true },
      },
    }).values;
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error));
  }
}

await runMain(async () => {
  const { browser, out, runs, lengths, threads, quick, peer } = readArgs();
  await ensureDependencies();
  /** @type {import("./speed/options.ts").SpeedOptions} */
  const options = {
    runs: runs === undefined ? (quick ? 3 : 5) : countOption("runs", runs),
    lengths: lengths?.split(",").map((text) => countOption("lengths", text)),
    isQuick: quick,
    threads: threads === undefined ? availableParallelism() : countOption("threads", threads),
    hasPeer: peer,
    out: out === undefined ? undefined : path.resolve(out),
  };
  if (browser) {
    const chromium = await findChromium();
    const { module } = await runnerImport(path.join(ROOT, "bench/speed/browser-bench.ts"));
    await module.benchBrowser(options, chromium);
  } else {
    await ensureBuild("cli");
    const { module } = await runnerImport(path.join(ROOT, "bench/speed/node-bench.ts"));
    await module.benchNode(options);
  }
});
