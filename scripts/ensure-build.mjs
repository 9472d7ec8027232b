// Builds the page (dist/) and the command line (dist-cli/) when they are missing or older than their inputs.
// As a command, `node scripts/ensure-build.mjs [page] [cli]`, it always builds.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ensureDependencies } from "./ensure-dependencies.mjs";
import { isCommand, ROOT, runMain, runTool, SetupError } from "./run.mjs";

/**
 * @typedef {object} Target
 * @property {string} output folder it is built into
 * @property {string} product the file that says it is there
 * @property {readonly string[]} sources files and folders compared by content
 * @property {readonly string[]} assets folders compared by names and sizes: models are too big to read each time
 * @property {readonly string[]} args of `vite`
 */

/** @satisfies {Record<string, Target>} */
const TARGETS = {
  page: {
    output: "dist",
    product: "index.html",
    sources: [
      "src",
      "index.html",
      "vite.config.ts",
      "scripts/content-security-policy.json",
      "tsconfig.json",
      "package.json",
      "package-lock.json",
    ],
    assets: ["public"],
    // The manifest tells which file is the entry: check-entry.mjs reads it.
    args: ["build", "--manifest"],
  },
  cli: {
    output: "dist-cli",
    product: "main.js",
    // What src/cli may import, and no more: adding a gallery chain does not rebuild the command line.
    sources: [
      "src/cli",
      "src/conversion",
      "src/convert",
      "src/core",
      "src/engine",
      "src/hub",
      "vite.cli.config.ts",
      "tsconfig.json",
      "package.json",
      "package-lock.json",
    ],
    assets: [],
    args: ["build", "--config", "vite.cli.config.ts"],
  },
};

/** @typedef {keyof typeof TARGETS} TargetName */

/**
 * Every file at or below a path, in a stable order; none when it does not exist.
 * @param {string} relative
 * @returns {string[]} paths relative to the project's folder
 */
function listFiles(relative) {
  const stats = statSync(path.join(ROOT, relative), { throwIfNoEntry: false });
  if (stats === undefined) {
    return [];
  }
  if (stats.isFile()) {
    return [relative];
  }
  const names = readdirSync(path.join(ROOT, relative)).sort();
  return names.flatMap((name) => listFiles(`${relative}/${name}`));
}

/**
 * @param {Target} target
 * @returns {string} changes exactly when a build could come out different
 */
function fingerprint(target) {
  const hash = createHash("sha256");
  for (const file of target.sources.flatMap(listFiles)) {
    if (!/\.test\.tsx?$|\.md$/.test(file)) {
      hash
        .update(`${file}\0`)
        .update(readFileSync(path.join(ROOT, file)))
        .update("\0");
    }
  }
  for (const file of target.assets.flatMap(listFiles)) {
    hash.update(`${file}\0${statSync(path.join(ROOT, file)).size}\0`);
  }
  return hash.digest("hex");
}

/**
 * Builds one target unless it is up to date.
 * @param {TargetName} name
 * @param {{ quiet?: boolean, force?: boolean }} [options] `quiet`: everything said goes to stderr
 * @returns {Promise<boolean>} whether it was built now
 * @throws SetupError when the build fails
 */
export async function ensureBuild(name, { quiet = false, force = false } = {}) {
  const target = TARGETS[name];
  const output = path.join(ROOT, target.output);
  // In the output, which Vite empties first: a failed or foreign build leaves no stamp behind.
  const stamp = path.join(output, ".build-stamp");
  const wanted = fingerprint(target);
  const isFresh =
    existsSync(path.join(output, target.product)) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === wanted;
  if (isFresh && !force) {
    return false;
  }
  console.error(`Building ${target.output}/…`);
  // A developer's NODE_ENV=development would put React's slow build into the page.
  const env = { ...process.env, NODE_ENV: "production" };
  const code = await runTool("vite", "vite", [...target.args, "--logLevel", "warn"], { quiet, env });
  if (code !== 0) {
    throw new SetupError(`${target.output}/ could not be built: vite build ended with exit code ${code}.`);
  }
  writeFileSync(stamp, wanted);
  return true;
}

/**
 * @param {string} name
 * @returns {name is TargetName}
 */
function isTarget(name) {
  return Object.hasOwn(TARGETS, name);
}

if (isCommand(import.meta.url)) {
  await runMain(async () => {
    const asked = process.argv.slice(2);
    const names = asked.length === 0 ? Object.keys(TARGETS) : asked;
    await ensureDependencies();
    for (const name of names) {
      if (!isTarget(name)) {
        throw new SetupError(
          `There is no build called "${name}": the builds are ${Object.keys(TARGETS).join(" and ")}.`,
        );
      }
      await ensureBuild(name, { force: true });
    }
  });
}
