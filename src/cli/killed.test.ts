/** A conversion whose process is killed, with no time to tidy up: the same command goes on where it was. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PARTIAL, WORK_FOLDERS } from "../conversion/workshop.ts";
import { MANIFEST_FILE } from "../core/manifest.ts";
import { type Bundle, bundle, start } from "./testing/built-command.ts";

const CHECKPOINT = "e2e/fixtures/checkpoints/tiny-trl-prm";

/** What `convert` does, into files small enough to be many, killed once so much of the weights is done. */
const CONVERT_OR_DIE = `
  import { convertFolder } from "../../src/cli/convert-folder.ts";
  const [, , out, killAt] = process.argv;
  const emit = (progress) => {
    const part = progress.phase === "convert" ? progress.done / progress.total : progress.phase === "measure" ? 2 : 0;
    if (part >= Number(killAt)) {
      process.kill(process.pid, "SIGKILL");
    }
  };
  const options = { folder: ${JSON.stringify(CHECKPOINT)}, out, dtype: "q8", licence: "none", maxFileSize: 140_000 };
  await convertFolder(options, { signal: new AbortController().signal, emit });`;

const scratch = mkdtempSync(join(tmpdir(), "stepscope-killed-"));

let converter: Bundle;
let command: Bundle;
beforeAll(async () => {
  [converter, command] = await Promise.all([bundle(CONVERT_OR_DIE), bundle()]);
}, 60_000);
afterAll(() => {
  converter.remove();
  command.remove();
  rmSync(scratch, { recursive: true });
});

/** Files below a folder with forward slashes. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Finished files of weights, by what shows whether they were written again. */
function finishedFiles(folder: string): Map<string, string> {
  const finished = listFiles(folder).filter((path) => path.startsWith("onnx/") && !path.endsWith(PARTIAL));
  return new Map(
    finished.map((path) => {
      const { ino, mtimeNs } = statSync(join(folder, path), { bigint: true });
      return [path, `${ino} ${mtimeNs}`];
    }),
  );
}

function expectSame(folder: string, other: string): void {
  expect(listFiles(folder)).toEqual(listFiles(other));
  for (const path of listFiles(folder)) {
    expect(readFileSync(join(folder, path)).equals(readFileSync(join(other, path))), path).toBe(true);
  }
}

describe("a conversion that is killed", { timeout: 60_000 }, () => {
  const convert = (out: string, killAt: number) => start([converter.file, out, String(killAt)]).ended;
  const NEVER = 3;

  it.each([
    ["early and late", [0.5, 0.9]],
    ["while the model is measured", [2]],
  ])("%s is no model until it has gone on, and then that of an undisturbed one", async (name, kills) => {
    const whole = join(scratch, `whole ${name}`);
    expect(await convert(whole, NEVER)).toMatchObject({ code: 0, stderr: "" });
    const out = join(scratch, `killed ${name}`);
    let before = new Map<string, string>();
    for (const killAt of kills) {
      expect((await convert(out, killAt)).signal).toBe("SIGKILL");
      expect(listFiles(out)).toContain(join(WORK_FOLDERS.disk, "conversion.json"));
      expect(listFiles(out)).not.toContain(MANIFEST_FILE);
      const refused = await start([command.file, "score", "-", "--model", out]).ended;
      expect(refused.stderr).toContain("it is not a model folder");
      const finished = finishedFiles(out);
      expect(finished.size).toBeGreaterThan(before.size);
      expect([...finished]).toEqual(expect.arrayContaining([...before]));
      before = finished;
    }
    expect(await convert(out, NEVER)).toMatchObject({ code: 0, stderr: "" });
    const weights = [...before].filter(([path]) => path.includes("onnx_data"));
    expect(weights.length).toBeGreaterThan(2);
    expect([...finishedFiles(out)]).toEqual(expect.arrayContaining(weights));
    expectSame(out, whole);
  });
});

describe("the command itself", { timeout: 120_000 }, () => {
  const run = (out: string) => start([command.file, "convert", CHECKPOINT, out, "--dtype", "fp32"]);

  /** Kills it between its weights and its manifest; again where it was faster than this process. */
  async function killInTime(out: string): Promise<void> {
    const made = [join(out, "onnx/model.onnx_data"), join(out, WORK_FOLDERS.disk, "conversion.json")];
    for (;;) {
      const { child, ended } = run(out);
      const areThere = () => made.every((path) => statSync(path, { throwIfNoEntry: false }));
      await expect.poll(areThere, { interval: 1, timeout: 30_000 }).toBe(true);
      child.kill("SIGKILL");
      if ((await ended).signal === "SIGKILL") {
        return;
      }
      rmSync(out, { recursive: true });
    }
  }

  it("does not make again what was there when it was killed", async () => {
    const whole = join(scratch, "whole");
    expect(await run(whole).ended).toMatchObject({ code: 0 });
    const out = join(scratch, "killed");
    await killInTime(out);
    expect(listFiles(out)).not.toContain(MANIFEST_FILE);
    const before = finishedFiles(out).get("onnx/model.onnx_data");
    expect(await run(out).ended).toMatchObject({ code: 0 });
    expect(finishedFiles(out).get("onnx/model.onnx_data")).toBe(before);
    expectSame(out, whole);
  });
});
