// `npm test`: everything this project checks, in order, and one line of counts at the end.
// `npm test -- unit src/core` runs one stage and hands it the rest.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkEntry } from "./check-entry.mjs";
import { ensureBuild } from "./ensure-build.mjs";
import { ensureDependencies } from "./ensure-dependencies.mjs";
import { findChromium } from "./find-chromium.mjs";
import { ROOT, runTool } from "./run.mjs";
import {
  addOutcomes,
  closingLine,
  exitCodeOf,
  outcomeOfCheck,
  outcomeOfPlaywright,
  outcomeOfVitest,
  readSelection,
} from "./test-report.mjs";

/** @typedef {import("./test-report.mjs").Outcome} Outcome */
/** @typedef {{ extra: readonly string[], reportFile: string }} StageContext */

/**
 * @param {string} file
 * @returns {any} a tool's report, or undefined when it did not get to write one
 */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Every layer has its own tsconfig: what it may not use (the DOM, Node) does not compile there. */
function listTypeProjects() {
  const layers = readdirSync(path.join(ROOT, "src")).map((folder) => `src/${folder}/tsconfig.json`);
  const projects = [
    "tsconfig.json",
    "scripts/tsconfig.json",
    "bench/browser/tsconfig.json",
    ...layers.sort(),
  ];
  return projects.filter((project) => existsSync(path.join(ROOT, project)));
}

/**
 * A tool whose exit code says it all.
 * @param {[packageName: string, command: string]} tool
 * @param {readonly string[]} args
 */
async function check([packageName, command], args) {
  const code = await runTool(packageName, command, args);
  return outcomeOfCheck(code === 0 ? [] : [[command, ...args].join(" ")]);
}

/** @type {Record<"types" | "lint" | "unused" | "unit" | "build" | "e2e", (context: StageContext) => Promise<Outcome>>} */
const STAGES = {
  async types({ extra }) {
    const failures = [];
    for (const project of listTypeProjects()) {
      if ((await runTool("typescript", "tsc", ["--noEmit", "-p", project, ...extra])) !== 0) {
        failures.push(`tsc -p ${project}`);
      }
    }
    return outcomeOfCheck(failures);
  },

  // In a log file its colours, one escape code a letter, would bury the words.
  lint: ({ extra }) =>
    check(["@biomejs/biome", "biome"], ["ci", ...(process.stdout.isTTY ? [] : ["--colors=off"]), ...extra]),

  unused: ({ extra }) => check(["knip", "knip"], extra),

  async unit({ extra, reportFile }) {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
    const code = await runTool("vitest", "vitest", ["run", ...reporters, ...extra]);
    return outcomeOfVitest(readReport(reportFile), code);
  },

  async build() {
    await ensureBuild("page");
    await ensureBuild("cli");
    return addOutcomes([outcomeOfCheck([]), outcomeOfCheck(checkEntry())]);
  },

  async e2e({ extra, reportFile }) {
    await ensureBuild("page");
    const env = {
      ...process.env,
      STEPSCOPE_CHROMIUM: await findChromium(),
      PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
    };
    const args = ["test", "-c", "e2e", "--reporter=list,json", ...extra];
    const code = await runTool("@playwright/test", "playwright", args, { env });
    return outcomeOfPlaywright(readReport(reportFile), code);
  },
};

const STAGE_NAMES = /** @type {(keyof typeof STAGES)[]} */ (Object.keys(STAGES));

/** @param {number} start a `performance.now()` */
function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

/**
 * Runs one stage under its heading; whatever it throws is a failure of that stage.
 * @param {string} name
 * @param {() => Promise<Outcome>} stage
 */
async function runStage(name, stage) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  /** @type {Outcome} */
  let outcome;
  try {
    outcome = await stage();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    outcome = outcomeOfCheck([message]);
  }
  const counts = outcome.passed + outcome.failed + outcome.skipped === 0 ? "done" : closingLine(outcome);
  console.log(`-- ${name}: ${counts} (${secondsSince(start)})`);
  return { ...outcome, failures: outcome.failures.map((failure) => `${name}: ${failure}`) };
}

/**
 * @param {readonly (keyof typeof STAGES)[]} selected
 * @param {readonly string[]} extra
 * @returns {Promise<Outcome[]>}
 */
async function runAll(selected, extra) {
  const setup = await runStage("set-up", async () => {
    await ensureDependencies();
    return addOutcomes([]);
  });
  const outcomes = [setup];
  if (setup.failed > 0) {
    return outcomes;
  }
  const folder = await mkdtemp(path.join(tmpdir(), "stepscope-test-"));
  try {
    for (const name of selected) {
      const outcome = await runStage(name, () =>
        STAGES[name]({ extra, reportFile: path.join(folder, `${name}.json`) }),
      );
      outcomes.push(outcome);
      // Nothing built, nothing to open in a browser.
      if (name === "build" && outcome.passed === 0) {
        break;
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return outcomes;
}

const selection = readSelection(process.argv.slice(2), STAGE_NAMES);
if ("problem" in selection) {
  console.error(selection.problem);
  process.exitCode = 1;
} else {
  const total = addOutcomes(await runAll(selection.selected, selection.extra));
  if (total.failures.length > 0) {
    console.log(`\nFailed:\n${total.failures.map((failure) => `  ${failure}`).join("\n")}`);
  }
  console.log(`\n${closingLine(total)}`);
  process.exitCode = exitCodeOf(total);
}
