/** What a repository is refused for before its large files are downloaded: only ranges of them are asked for. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { AddProgress } from "../core/model-library.ts";
import { HubServer } from "../hub/testing/hub-server.ts";
import { convertFolder, convertRepository } from "./convert-folder.ts";

const scratch = mkdtempSync(join(tmpdir(), "stepscope-early-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const CHECKPOINTS = "e2e/fixtures/checkpoints";
const QWEN = "tiny-qwen2.5-math-prm";
const SHARDS = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];

let hub: HubServer | undefined;
afterEach(async () => {
  await hub?.close();
  hub = undefined;
});

let outputs = 0;

/** Converts a folder as if it were a repository whose tensors are too large to be brought here without a look. */
async function add(folder: string, retryDelays: readonly number[] = []) {
  hub ??= await HubServer.start({ repositories: { "someone/model": { folder } } });
  outputs += 1;
  const out = join(scratch, String(outputs));
  const phases: string[] = [];
  const emit = ({ phase }: AddProgress) => phases.push(phase);
  const ctx = { hubUrl: hub.url, small: 10_000, retryDelays, signal: new AbortController().signal, emit };
  await convertRepository({ repository: "someone/model", out, dtype: "q4" }, ctx);
  return out;
}

/** Ranges of a file that were asked for: of a part of it, and of all there is. */
function asked(path: string) {
  const ranges = hub?.rangesOf(path) ?? [];
  return {
    parts: ranges.filter((range) => /^bytes=\d+-\d+$/.test(range ?? "")).length,
    wholes: ranges.filter((range) => /^bytes=\d+-$/.test(range ?? "")).length,
  };
}

/** A copy of a good checkpoint with one file changed. */
function spoiled(name: string, file: string, change: (text: string) => string): string {
  outputs += 1;
  const folder = join(scratch, `spoiled-${outputs}`);
  cpSync(join(CHECKPOINTS, name), folder, { recursive: true });
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), "utf8")));
  return folder;
}

const withConfig = (change: Record<string, unknown>) =>
  spoiled(QWEN, "config.json", (text) => JSON.stringify({ ...JSON.parse(text), ...change }));

describe("a repository that cannot be converted is refused before its large files are downloaded", () => {
  it.each([
    ["another architecture", () => withConfig({ model_type: "gpt2" }), 'architecture "gpt2" is not known'],
    ["a missing layer", () => withConfig({ num_hidden_layers: 9 }), 'no tensor "model.layers.2'],
    ["a surplus layer", () => withConfig({ num_hidden_layers: 1 }), 'has tensor "model.layers.1.'],
    ["another width", () => withConfig({ hidden_size: 64, head_dim: 16 }), "and the config asks for"],
    [
      "a tokenizer without the marker",
      () => spoiled(QWEN, "tokenizer.json", (text) => text.replaceAll("<extra_0>", "<other_0>")),
      'needs "<extra_0>" to be a special token',
    ],
    [
      "a template that loses the steps",
      () => spoiled(QWEN, "chat_template.jinja", () => "{{ messages[0].content }}"),
      /template/,
    ],
    [
      "a protocol that nothing tells",
      () => join(CHECKPOINTS, "tiny-rlhflow-llama3"),
      "nothing in someone/model tells its protocol",
    ],
    [
      "an index that is wrong about its shards",
      () =>
        spoiled(QWEN, "model.safetensors.index.json", (text) =>
          text.replace(SHARDS[0] ?? "", SHARDS[1] ?? ""),
        ),
      "places in it",
    ],
  ])("%s", async (_, makeFolder, message) => {
    await expect(add(makeFolder())).rejects.toThrow(message);
    for (const shard of [...SHARDS, "model.safetensors"]) {
      expect(asked(shard).wholes).toBe(0);
    }
  });
});

describe("a repository that can be converted", () => {
  it.each([
    [QWEN, SHARDS, 1],
    ["tiny-reasonflux-prm-7b", SHARDS, 1],
    // The directory of a zip file is at its end.
    ["tiny-skywork-prm", ["pytorch_model.bin"], 3],
  ])("%s is looked into with a few requests a file, and then downloaded", async (name, shards, parts) => {
    const folder = join(CHECKPOINTS, name);
    const out = await add(folder);
    for (const shard of shards) {
      expect(asked(shard)).toEqual({ parts, wholes: 1 });
    }
    const local = join(scratch, `local ${name}`);
    await convertFolder(
      { folder, out: local, dtype: "q4", licence: "not stated" },
      { signal: new AbortController().signal, emit: () => undefined },
    );
    const { canary } = JSON.parse(readFileSync(join(local, "stepscope.json"), "utf8"));
    expect(JSON.parse(readFileSync(join(out, "stepscope.json"), "utf8")).canary).toEqual(canary);
  });

  it("is downloaded without a look where the server sends no parts of files", async () => {
    hub = await HubServer.start({ repositories: { "someone/model": { folder: join(CHECKPOINTS, QWEN) } } });
    hub.failNext(SHARDS[0] ?? "", { kind: "no-ranges" });
    await add(join(CHECKPOINTS, QWEN));
    expect(asked(SHARDS[0] ?? "")).toEqual({ parts: 1, wholes: 1 });
    expect(asked(SHARDS[1] ?? "")).toEqual({ parts: 0, wholes: 1 });
  });

  it("is asked again where an answer broke off", async () => {
    hub = await HubServer.start({ repositories: { "someone/model": { folder: join(CHECKPOINTS, QWEN) } } });
    hub.failNext(SHARDS[0] ?? "", { kind: "cut", after: 1000 });
    await add(join(CHECKPOINTS, QWEN), [0]);
    expect(asked(SHARDS[0] ?? "")).toEqual({ parts: 2, wholes: 1 });
  });
});
