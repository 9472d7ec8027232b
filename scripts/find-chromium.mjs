// Finds a Chromium for the browser tests, installing one where that needs nobody's decision. Prints its path.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { isCommand, ROOT, runMain, runTool, SetupError } from "./run.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APPLICATIONS = [
  "Chromium.app/Contents/MacOS/Chromium",
  "Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Some systems ship a "chromium-browser" that only tells how to install one. @param {string} file */
function works(file) {
  // On Windows chrome.exe --version opens a window and prints nothing.
  return (
    process.platform === "win32" ||
    spawnSync(file, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0
  );
}

/** @returns {Promise<string | undefined>} the browser Playwright downloaded, if it did */
async function findPlaywrightsOwn() {
  const { chromium } = await import("@playwright/test");
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

/** @returns {string | undefined} */
function findSystems() {
  const { PATH = "" } = process.env;
  const folders = PATH.split(path.delimiter).filter((folder) => folder !== "");
  const files = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  if (process.platform === "darwin") {
    files.push(...MAC_APPLICATIONS.map((application) => path.join("/Applications", application)));
  }
  return files.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() && works(file));
}

/** Debian's own package, as root: the one case where installing needs no question. */
function installWithApt() {
  const canInstall = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  if (!canInstall) {
    return;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const [words, args] of /** @type {const} */ ([
    ["Chromium is missing. Asking apt for its list of packages…", ["-qq", "update"]],
    [
      "Installing chromium with apt (some 100 MB)…",
      ["-qq", "install", "-y", "--no-install-recommends", "chromium"],
    ],
  ])) {
    console.error(words);
    const { status, stderr } = spawnSync("apt-get", args, {
      env,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (status !== 0) {
      // Not the end: an update that fails for one source of several often leaves enough to install from.
      console.error(stderr?.trim() ?? "apt-get could not be started");
    }
  }
}

/**
 * @returns {Promise<string>} the path of a Chromium or Chrome
 * @throws SetupError when there is none and none may be installed
 */
export async function findChromium() {
  const { STEPSCOPE_CHROMIUM: given, STEPSCOPE_PLAYWRIGHT_DOWNLOAD: download } = process.env;
  if (given) {
    if (!existsSync(given)) {
      throw new SetupError(`STEPSCOPE_CHROMIUM names ${given}, which does not exist.`);
    }
    return given;
  }
  const present = (await findPlaywrightsOwn()) ?? findSystems();
  if (present !== undefined) {
    return present;
  }
  // Only on request: it downloads from a host that a restricted network may not reach.
  if (download === "1") {
    await runTool("@playwright/test", "playwright", ["install", "chromium"], { quiet: true });
  } else {
    installWithApt();
  }
  const installed = (await findPlaywrightsOwn()) ?? findSystems();
  if (installed === undefined) {
    throw new SetupError(
      "No Chromium was found for the browser tests: install Chromium or Chrome, or set STEPSCOPE_CHROMIUM to the path of one.",
    );
  }
  return installed;
}

if (isCommand(import.meta.url)) {
  // Playwright is resolved from this project, wherever the command is started.
  process.chdir(ROOT);
  await runMain(async () => console.log(await findChromium()));
}
