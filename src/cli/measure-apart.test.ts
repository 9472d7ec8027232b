/** A model scored in a process of its own: the built command, and processes that go wrong. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ModelManifest } from "../core/manifest.ts";
import type { CallContext, DeviceInfo } from "../core/scorer.ts";
import { convertFolder } from "./convert-folder.ts";
import { measureApart } from "./measure-apart.ts";
import { type Bundle, bundle, start } from "./testing/built-command.ts";

const scratch = mkdtempSync(join(tmpdir(), "stepscope-apart-"));
const model = join(scratch, "model");

let command: Bundle;
let manifest: ModelManifest;

function quiet<E>(signal = new AbortController().signal): CallContext<E> {
  return { signal, emit: () => undefined };
}

beforeAll(async () => {
  command = await bundle();
  const folder = "e2e/fixtures/checkpoints/tiny-qwen2.5-math-prm";
  manifest = await convertFolder({ folder, out: model, dtype: "q4", licence: "none" }, quiet());
}, 60_000);
afterAll(() => {
  command.remove();
  rmSync(scratch, { recursive: true });
});

describe("the command that scores apart", { timeout: 30_000 }, () => {
  const measure = (draft: ModelManifest, folder = model) =>
    measureApart(folder, draft, quiet(), [command.file, "measure"]);

  it("gives the rewards that were measured in this process", async () => {
    const devices: DeviceInfo[] = [];
    const ctx = { ...quiet<DeviceInfo>(), emit: (device: DeviceInfo) => devices.push(device) };
    const rewards = await measureApart(model, manifest, ctx, [command.file, "measure"]);
    expect(rewards).toEqual(manifest.canary.converted_rewards);
    expect(devices.map(({ id }) => id)).toEqual(["cpu"]);
  });

  it("brings its own error here, with its code", async () => {
    await expect(measure({ ...manifest, protocol: "prm" })).rejects.toMatchObject({
      code: "unsupported-model",
      message: expect.stringMatching(/^protocol "prm" is not known/),
    });
    await expect(measure(manifest, join(scratch, "nowhere"))).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining("nowhere is not a folder that can be read"),
    });
  });
});

it("is what converting does with a model beyond a size", { timeout: 60_000 }, async () => {
  const asked = `
    import { readTokenizer } from "../../src/conversion/read-tokenizer.ts";
    import { openFolder } from "../../src/cli/folder-files.ts";
    import { measureFolder } from "../../src/cli/measure-folder.ts";
    import { answerOf } from "../../src/cli/measure-apart.ts";
    if (process.argv[2] === "measure") {
      process.stdout.write(await answerOf(async () => [process.ppid]));
    } else {
      const [, , folder, limit] = process.argv;
      const ctx = { signal: new AbortController().signal, emit: () => undefined };
      const files = await openFolder(folder);
      const tokenizer = await readTokenizer(files);
      await files.close();
      const draft = ${JSON.stringify(manifest)};
      const rewards = await measureFolder(folder, draft, tokenizer, ctx, Number(limit));
      process.stdout.write(JSON.stringify({ pid: process.pid, rewards }));
    }`;
  const own = await bundle(asked);
  try {
    const run = async (limit: number) => {
      const { stdout, stderr } = await start([own.file, model, String(limit)]).ended;
      expect(stderr).toBe("");
      return JSON.parse(stdout) as { pid: number; rewards: number[] };
    };
    const size = manifest.files.reduce((sum, file) => sum + file.size, 0);
    const apart = await run(size - 1);
    expect(apart.rewards).toEqual([apart.pid]);
    expect((await run(size)).rewards).toEqual(manifest.canary.converted_rewards);
  } finally {
    own.remove();
  }
});

describe("a process that goes wrong", () => {
  const measure = (code: string, signal?: AbortSignal) =>
    measureApart(model, manifest, quiet(signal), ["-e", code]);

  it.each([
    ["is killed", 'process.kill(process.pid, "SIGKILL")', "out-of-memory", "was ended by SIGKILL"],
    ["fails", "process.exit(7)", "internal", "could not be scored: exit code 7"],
    ["says nothing", "", "internal", "without an answer"],
    ["says something else", 'console.log("hello")', "internal", "without an answer"],
  ])("is one error when it %s", async (_, code, errorCode, message) => {
    await expect(measure(code)).rejects.toMatchObject({
      code: errorCode,
      message: expect.stringContaining(message),
    });
  });

  it("is ended when the conversion is stopped", async () => {
    const note = join(scratch, "pid");
    const stop = new AbortController();
    const code = `
      require("node:fs").writeFileSync(${JSON.stringify(note)}, String(process.pid));
      setInterval(() => undefined, 1000);`;
    writeFileSync(note, "");
    const measuring = measure(code, stop.signal);
    const readPid = () => Number(readFileSync(note, "utf8"));
    await expect.poll(readPid, { timeout: 4000 }).toBeGreaterThan(0);
    stop.abort();
    await expect(measuring).rejects.toMatchObject({ code: "cancelled" });
    await expect.poll(() => isRunning(readPid())).toBe(false);
  });

  it("is not even begun when the conversion was stopped before", async () => {
    await expect(measure("", AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
