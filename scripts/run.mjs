// Starts the tools of this project. Only Node built-ins: this runs before dependencies exist.
import { spawn } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Runs a program in the project's folder. Its input is closed, so that nothing can wait for an answer.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean, shell?: boolean }} [options] `quiet`: its
 *   output goes to stderr, because the caller's stdout belongs to somebody else.
 * @returns {Promise<number>} the exit code; 1 when it was killed or could not be started
 */
export function run(program, args, { env = process.env, quiet = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env, shell, stdio: ["ignore", quiet ? 2 : 1, 2] });
    child.on("error", (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/**
 * Runs an installed package's command with this very Node: no shell, no PATH, the same on every system.
 * @param {string} packageName
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 */
export function runTool(packageName, command, args, options) {
  const folder = path.join(ROOT, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = typeof bin === "string" ? bin : bin[command];
  return run(process.execPath, [path.join(folder, file), ...args], options);
}

/**
 * True when a script was started by `node scripts/x.mjs` rather than imported.
 * @param {string} moduleUrl the script's `import.meta.url`
 */
export function isCommand(moduleUrl) {
  const started = process.argv[1];
  // Node resolves links in module URLs but not in its arguments.
  return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl);
}

/** An expected failure: told in one sentence, without a stack. */
export class SetupError extends Error {}

/**
 * Runs a command's main function; an expected failure becomes one sentence and exit code 1.
 * @param {() => unknown} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}
