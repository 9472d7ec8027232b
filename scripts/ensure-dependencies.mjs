// Installs the dependencies when they are missing or not the ones the lockfile names.
// Only Node built-ins: this runs before dependencies exist.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isCommand, ROOT, run, runMain, SetupError } from "./run.mjs";

const MANIFEST = path.join(ROOT, "package.json");
const LOCKFILE = path.join(ROOT, "package-lock.json");
const MODULES = path.join(ROOT, "node_modules");
/** npm's own record of what it installed; written last, so it also says that the installation ended well. */
const INSTALLED = path.join(MODULES, ".package-lock.json");
/** Inside node_modules, so that deleting the folder forgets it too. */
const STAMP = path.join(MODULES, ".stepscope-stamp");

/** Vite's and Playwright's own lower bound within Node 20. */
const OLDEST_NODE = [20, 19];

/** @throws SetupError when this Node is too old to run the tools */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new SetupError(
      `Stepscope needs Node ${OLDEST_NODE.join(".")} or newer, and this is ${process.versions.node}: install a newer one from nodejs.org.`,
    );
  }
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function currentStamp() {
  const hash = createHash("sha256");
  for (const file of [MANIFEST, LOCKFILE]) {
    hash.update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/**
 * Whether what npm recorded is what the lockfile asks for. Spares a second installation after a plain
 * `npm ci` or `npm install`, and after edits of package.json that touch no dependency.
 */
function installedMatchesLockfile() {
  const manifest = readJson(MANIFEST);
  const { "": wanted, ...locked } = readJson(LOCKFILE).packages;
  const installed = readJson(INSTALLED).packages;
  for (const kind of ["dependencies", "devDependencies"]) {
    if (JSON.stringify(manifest[kind] ?? {}) !== JSON.stringify(wanted[kind] ?? {})) {
      return false;
    }
  }
  const isAsLocked = Object.entries(installed).every(
    ([name, entry]) => locked[name]?.integrity === entry.integrity && locked[name]?.version === entry.version,
  );
  // Packages for other systems are locked but never installed here.
  const isComplete = Object.entries(locked).every(
    ([name, entry]) => name in installed || entry.optional || entry.devOptional || entry.peer,
  );
  return isAsLocked && isComplete;
}

function isInstalled() {
  if (!existsSync(INSTALLED)) {
    return false;
  }
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === currentStamp()) {
    return true;
  }
  return installedMatchesLockfile();
}

/**
 * @param {{ quiet?: boolean }} [options] `quiet`: everything said goes to stderr
 * @throws SetupError when Node is too old or the installation fails
 */
export async function ensureDependencies({ quiet = false } = {}) {
  checkNode();
  if (!isInstalled()) {
    console.error("Installing dependencies (npm ci)…");
    // On Windows npm is a .cmd file, which only a shell can start.
    const code = await run("npm", ["ci", "--no-audit", "--no-fund"], {
      quiet,
      shell: process.platform === "win32",
    });
    if (code !== 0) {
      throw new SetupError(`The dependencies could not be installed: npm ci ended with exit code ${code}.`);
    }
  }
  const stamp = currentStamp();
  if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== stamp) {
    writeFileSync(STAMP, stamp);
  }
}

if (isCommand(import.meta.url)) {
  await runMain(() => ensureDependencies());
}
