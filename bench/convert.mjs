// `npm run bench:convert [-- 0.5B 1.5B 3B]`: converts checkpoints of random weights to q4 and prints a table:
// weights, size in and out, seconds, weights a second, peak memory. Needs disk for twice the checkpoint.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureBuild } from "../scripts/ensure-build.mjs";
import { ensureDependencies } from "../scripts/ensure-dependencies.mjs";
import { ROOT, runMain } from "../scripts/run.mjs";
import { writeRandomCheckpoint } from "./random-checkpoint.mjs";

const TOKENIZER = path.join(ROOT, "e2e/fixtures/checkpoints/tiny-reasonflux-prm-1.5b");

/** Runs the built command line and tells its peak memory when it ends. */
const MEASURED = `
process.on("exit", () => process.send({ peak: process.resourceUsage().maxRSS * 1024 }));
process.argv.splice(1, 0, "stepscope");
await import(${JSON.stringify(path.join(ROOT, "dist-cli/main.js"))});`;

/**
 * @param {string} input
 * @param {string} output
 * @returns {Promise<{ seconds: number, peak: number }>}
 */
function convert(input, output) {
  const args = ["convert", input, output, "--dtype", "q4", "--protocol", "reasonflux-prm-1.5b"];
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", MEASURED, ...args], {
      stdio: ["ignore", "inherit", "ignore", "ipc"],
    });
    let peak = Number.NaN;
    child.on("message", (message) => {
      peak = /** @type {{ peak: number }} */ (message).peak;
    });
    child.on("exit", (code) =>
      code === 0
        ? resolve({ seconds: (performance.now() - started) / 1000, peak })
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

await runMain(async () => {
  await ensureDependencies();
  await ensureBuild("cli");
  const sizes = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ["0.5B", "1.5B"];
  const folder = mkdtempSync(path.join(tmpdir(), "stepscope-bench-"));
  const rows = [];
  try {
    for (const size of sizes) {
      const input = path.join(folder, size);
      const output = path.join(folder, `${size}-q4`);
      const weights = await writeRandomCheckpoint(input, /** @type {"0.5B"} */ (size), TOKENIZER);
      const { seconds, peak } = await convert(input, output);
      rows.push({
        model: size,
        "weights, M": Math.round(weights / 1e6),
        "in, MB": Math.round(sizeOf(input) / 1e6),
        "out, MB": Math.round(sizeOf(output) / 1e6),
        seconds: Number(seconds.toFixed(1)),
        "M weights/s": Number((weights / 1e6 / seconds).toFixed(1)),
        "peak, MB": Math.round(peak / 1e6),
      });
      rmSync(input, { recursive: true });
      rmSync(output, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.table(rows);
});
