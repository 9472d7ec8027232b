// `npm run bench:convert [-- 0.5B 1.5B 3B]`: converts checkpoints of random weights to q4 and prints a table:
// weights, size in and out, seconds, weights a second, and peak memory of the conversion alone and with the
// canary's scoring; a model above 256 MB is scored in another process, which is not counted. Needs disk for twice the
// checkpoint.
// `npm run bench:convert -- --runs 3` repeats each; the fastest run counts, and all are printed.
// `npm run bench:convert -- --quality [folder=protocol ...]` compares ways to round: see quality.ts.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { runnerImport } from "vite";
import { ensureBuild } from "../scripts/ensure-build.mjs";
import { ensureDependencies } from "../scripts/ensure-dependencies.mjs";
import { ROOT, runMain } from "../scripts/run.mjs";
import { writeRandomCheckpoint } from "./random-checkpoint.mjs";

const TOKENIZER = path.join(ROOT, "e2e/fixtures/checkpoints/tiny-reasonflux-prm-1.5b");

/** Runs the built command line and tells its memory and its time before the canary is scored, and its memory at the end. */
const MEASURED = `
import { peakMemory } from ${JSON.stringify(path.join(ROOT, "bench/peak-memory.mjs"))};
const started = performance.now();
const report = {};
const write = process.stderr.write.bind(process.stderr);
process.stderr.write = (text, ...rest) => {
  if (String(text).includes("scoring the canary")) {
    report.converting = peakMemory();
    report.seconds = (performance.now() - started) / 1000;
  }
  return write(text, ...rest);
};
process.on("exit", () => process.send({ ...report, peak: peakMemory() }));
process.argv.splice(1, 0, "stepscope");
await import(${JSON.stringify(path.join(ROOT, "dist-cli/main.js"))});`;

/** @typedef {{ total: number, seconds: number, converting: number, peak: number }} Run */

/**
 * @param {string} input
 * @param {string} output
 * @returns {Promise<Run>}
 */
function convert(input, output) {
  const args = ["convert", input, output, "--dtype", "q4", "--protocol", "reasonflux-prm-1.5b"];
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", MEASURED, ...args], {
      stdio: ["ignore", "inherit", "ignore", "ipc"],
    });
    /** @type {Omit<Run, "total">} */
    let report = { seconds: Number.NaN, converting: Number.NaN, peak: Number.NaN };
    child.on("message", (message) => {
      report = /** @type {Omit<Run, "total">} */ (message);
    });
    child.on("exit", (code) =>
      code === 0
        ? resolve({ ...report, total: (performance.now() - started) / 1000 })
        : reject(new Error(`the conversion failed with exit code ${code}`)),
    );
  });
}

/** @param {string} folder */
function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

/**
 * @param {readonly string[]} sizes
 * @param {number} runs
 */
async function benchSpeed(sizes, runs) {
  await ensureBuild("cli");
  const folder = mkdtempSync(path.join(tmpdir(), "stepscope-bench-"));
  const rows = [];
  try {
    for (const size of sizes) {
      const input = path.join(folder, size);
      const output = path.join(folder, `${size}-q4`);
      const weights = await writeRandomCheckpoint(input, /** @type {"0.5B"} */ (size), TOKENIZER);
      const inputSize = sizeOf(input);
      let outputSize = 0;
      /** @type {Run[]} */
      const made = [];
      for (let run = 0; run < runs; run += 1) {
        const load = loadavg()[0]?.toFixed(1);
        const one = await convert(input, output);
        console.log(`${size}, run ${run + 1}: ${one.total.toFixed(1)} s, load before it ${load}`);
        made.push(one);
        outputSize = sizeOf(output);
        rmSync(output, { recursive: true });
      }
      rmSync(input, { recursive: true });
      const best = made.reduce((fastest, one) => (one.total < fastest.total ? one : fastest));
      const most = (/** @type {"converting" | "peak"} */ key) =>
        Math.round(Math.max(...made.map((one) => one[key])) / 1e6);
      rows.push({
        model: size,
        "weights, M": Math.round(weights / 1e6),
        "in, MB": Math.round(inputSize / 1e6),
        "out, MB": Math.round(outputSize / 1e6),
        "seconds, all": Number(best.total.toFixed(1)),
        "converting alone": Number(best.seconds.toFixed(1)),
        "M weights/s, all": Number((weights / 1e6 / best.total).toFixed(1)),
        "M weights/s": Number((weights / 1e6 / best.seconds).toFixed(1)),
        "peak converting, MB": most("converting"),
        "peak, MB": most("peak"),
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.table(rows);
}

await runMain(async () => {
  await ensureDependencies();
  const [first, ...rest] = process.argv.slice(2);
  if (first === "--quality") {
    const { module } = await runnerImport(path.join(ROOT, "bench/quality.ts"));
    await module.benchQuality(rest);
    return;
  }
  const runs = first === "--runs" ? Number(rest.shift()) : 1;
  const sizes = first === "--runs" || first === undefined ? rest : [first, ...rest];
  await benchSpeed(sizes.length > 0 ? sizes : ["0.5B", "1.5B"], runs);
});
