// Adds up what the stages of `npm test` found. Pure: tools' reports in, counts and words out.

/**
 * @typedef {object} Outcome what one stage found
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} failures one line each, for people
 */

/** @type {Outcome} */
const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [] };

/**
 * A check that is right or wrong as a whole, such as the type check.
 * @param {readonly string[]} failures empty when it is right
 * @returns {Outcome}
 */
export function outcomeOfCheck(failures) {
  return failures.length === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1, failures };
}

/**
 * A tool can fail although every test it reports passed (an error outside of tests, a crash at the end, no tests
 * at all): that counts as one failure, so that the counts can never say less than the exit code.
 * @param {Outcome} outcome
 * @param {number} exitCode
 * @param {string} words
 * @returns {Outcome}
 */
function withExitCode(outcome, exitCode, words) {
  return exitCode === 0 || outcome.failed > 0
    ? outcome
    : { ...outcome, failed: 1, failures: [`${words} (exit code ${exitCode})`] };
}

/**
 * @typedef {object} VitestReport the part read of `--reporter=json`
 * @property {readonly {
 *   name: string, status: string, message?: string,
 *   assertionResults: readonly { fullName: string, status: string }[],
 * }[]} testResults
 */

/**
 * @param {VitestReport | undefined} report absent when none was written
 * @param {number} exitCode
 * @returns {Outcome}
 */
export function outcomeOfVitest(report, exitCode) {
  const outcome = { ...NOTHING, failures: /** @type {string[]} */ ([]) };
  for (const file of report?.testResults ?? []) {
    for (const { fullName, status } of file.assertionResults) {
      if (status === "passed") {
        outcome.passed += 1;
      } else if (status === "failed") {
        outcome.failed += 1;
        outcome.failures.push(`${file.name}: ${fullName}`);
      } else {
        outcome.skipped += 1;
      }
    }
    // A file that cannot even be loaded has no tests to fail.
    if (file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed")) {
      outcome.failed += 1;
      outcome.failures.push(`${file.name}: ${file.message?.split("\n", 1)[0] || "could not be run"}`);
    }
  }
  return withExitCode(outcome, exitCode, "vitest failed outside of tests");
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {string} title
 * @property {readonly PlaywrightSuite[]} [suites]
 * @property {readonly { title: string, file: string, line: number, tests: readonly { status: string }[] }[]} [specs]
 *
 * @typedef {object} PlaywrightReport the part read of `--reporter=json`
 * @property {readonly PlaywrightSuite[]} suites
 * @property {readonly { message?: string }[]} errors
 */

/**
 * @param {PlaywrightReport | undefined} report absent when none was written
 * @param {number} exitCode
 * @returns {Outcome}
 */
export function outcomeOfPlaywright(report, exitCode) {
  const outcome = { ...NOTHING, failures: /** @type {string[]} */ ([]) };
  const suites = [...(report?.suites ?? [])];
  // Grows while it is walked: every suite adds the suites inside it.
  for (const suite of suites) {
    suites.push(...(suite.suites ?? []));
    for (const { title, file, line, tests } of suite.specs ?? []) {
      for (const { status } of tests) {
        if (status === "skipped") {
          outcome.skipped += 1;
        } else if (status === "unexpected") {
          outcome.failed += 1;
          outcome.failures.push(`e2e/${file}:${line}: ${title}`);
        } else {
          outcome.passed += 1;
        }
      }
    }
  }
  const error = report?.errors?.[0]?.message?.split("\n", 1)[0];
  return withExitCode(outcome, exitCode, error ?? "playwright failed outside of tests");
}

/**
 * @param {readonly Outcome[]} outcomes
 * @returns {Outcome}
 */
export function addOutcomes(outcomes) {
  return outcomes.reduce(
    (sum, { passed, failed, skipped, failures }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
      failures: [...sum.failures, ...failures],
    }),
    NOTHING,
  );
}

/** The last line of `npm test`. @param {Outcome} total */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Success needs a test that ran. @param {Outcome} total */
export function exitCodeOf({ passed, failed }) {
  return failed === 0 && passed > 0 ? 0 : 1;
}

/**
 * Reads the command line of `npm test`: names of stages, then arguments for the one stage named.
 * @template {string} Name
 * @param {readonly string[]} args
 * @param {readonly Name[]} stages
 * @returns {{ selected: readonly Name[], extra: readonly string[] } | { problem: string }}
 */
export function readSelection(args, stages) {
  const isStage = (/** @type {string} */ arg) => stages.some((stage) => stage === arg);
  const end = args.findIndex((arg) => !isStage(arg));
  const names = end < 0 ? args : args.slice(0, end);
  const rest = end < 0 ? [] : args.slice(end);
  const extra = rest[0] === "--" ? rest.slice(1) : rest;
  if (extra.length > 0 && names.length !== 1) {
    return {
      problem: `Name one stage (${stages.join(", ")}) before "${extra[0]}", so that it is clear where it goes.`,
    };
  }
  return { selected: names.length === 0 ? stages : stages.filter((stage) => names.includes(stage)), extra };
}
