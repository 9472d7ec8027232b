/** What is asked of the command line wrongly: one sentence on stderr, nothing on stdout, exit code 2. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundle, bundle, start } from "./testing/built-command.ts";

const CHECKPOINT = "e2e/fixtures/checkpoints/tiny-trl-prm";
const TINY_MODEL = "e2e/fixtures/models/tiny-stepscope-prm";

let command: Bundle;
const scratch = mkdtempSync(join(tmpdir(), "stepscope-usage-"));
const out = join(scratch, "out");

beforeAll(async () => {
  command = await bundle();
});
afterAll(() => {
  command.remove();
  rmSync(scratch, { recursive: true });
});

const run = (...args: readonly string[]) => start([command.file, ...args]).ended;

describe("wrong usage", { timeout: 30_000 }, () => {
  it.each<[args: readonly string[], message: string]>([
    [[], "No command specified"],
    [["scoer"], "Unknown command scoer"],
    [["--bogus"], "No command specified"],
    [["score"], "Missing required positional argument: FILE"],
    [["score", "-", "--treshold", "0.5"], "there is no option --treshold"],
    [["score", "-", "--model", "nowhere", "--treshold", "0.5"], "there is no option --treshold"],
    [["score", "-", "--no-model"], "there is no option --no-model"],
    [["score", "-", "extra"], '"extra" is one argument too many'],
    [["score", "-", "--strategy", "words"], "Invalid value for argument: --strategy (words)"],
    [["score", "-", "--strategy", "delimiter"], "--strategy delimiter needs --delimiter TEXT"],
    [["score", "-", "--aggregate", "median"], "Invalid value for argument: --aggregate (median)"],
    [["score", "-", "--alpha", "many"], '--alpha takes a number from 0 to 2, not "many"'],
    [["score", "-", "--threshold", "7"], '--threshold takes a number from -1 to 1, not "7"'],
    [["score", "-", "--threads", "0"], '--threads takes a number from 1 to 1024, not "0"'],
    [["score", "-", "--threads", "1.5"], '--threads takes a whole number, not "1.5"'],
    [["score", "-", "--threshold"], "--threshold needs a value"],
    [["score", "-", "--model"], "--model needs a value"],
    [["score", "nowhere.jsonl"], "nowhere.jsonl cannot be read: there is no such file"],
    [["score", scratch], "is a folder, not a JSONL file"],
    [["convert"], "Missing required positional argument: SOURCE"],
    [["convert", CHECKPOINT], "Missing required positional argument: OUT"],
    [["convert", CHECKPOINT, out, "--dtype", "q3"], "Invalid value for argument: --dtype (q3)"],
    [["convert", CHECKPOINT, out, "--dtype"], "Invalid value for argument: --dtype ()"],
    [["convert", CHECKPOINT, out, "--protocol", "prm"], "Invalid value for argument: --protocol (prm)"],
    [["convert", CHECKPOINT, out, "--licence"], "--licence needs a value"],
    [["convert", CHECKPOINT, out, "--revision"], "--revision needs a value"],
    [["convert", CHECKPOINT, out, "--license", "MIT"], "there is no option --license"],
    [["convert", CHECKPOINT, out, "more"], '"more" is one argument too many'],
    [["convert", CHECKPOINT, CHECKPOINT], "is not empty: the converter writes to a new folder"],
    [
      ["convert", "no-such-folder", out],
      '"no-such-folder" is not the name of a model on the Hub: owner/name',
    ],
    [["convert", "./no-such-folder", out], "./no-such-folder is not a folder that is here"],
    [["convert", "hf.co/datasets/openai/gsm8k", out], "is a data set on the Hub, not a model"],
    [["gallery"], "Missing required positional argument: FOLDER"],
    [["gallery", out], "it is not a gallery's folder"],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^stepscope: [^\n]+\n$/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });
});

describe("what is no wrong usage", { timeout: 30_000 }, () => {
  it.each([[["--help"]], [["convert", "--help"]], [["score", "-h"]], [["--version"]]])("%j", async (args) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stdout).not.toBe("");
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  it("a model that cannot be loaded fails with 1", async () => {
    const { code, stderr } = await run("score", "-", "--model", "nowhere");
    expect(stderr).toContain("it is not a model folder");
    expect(code).toBe(1);
  });

  it("a file without a line scores nothing, says so and fails with 1", async () => {
    const empty = join(scratch, "empty.jsonl");
    writeFileSync(empty, "");
    const { code, stdout, stderr } = await run("score", empty, "--model", TINY_MODEL);
    expect(stderr).toContain("empty.jsonl has no lines");
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });
});
