import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeRepository } from "./describe-repository.ts";
import type { RemoteFile, Repository } from "./repository.ts";
import { selectCheckpointFiles } from "./select-checkpoint-files.ts";
import { HubServer } from "./testing/hub-server.ts";

const CHECKPOINTS = "e2e/fixtures/checkpoints";
const signal = new AbortController().signal;

let server: HubServer;

beforeAll(async () => {
  const names = readdirSync(CHECKPOINTS);
  const repositories = names.map(
    (name) => [`someone/${name}`, { folder: `${CHECKPOINTS}/${name}` }] as const,
  );
  server = await HubServer.start({ repositories: Object.fromEntries(repositories) });
});
afterAll(() => server.close());

const describeFixture = (name: string) =>
  describeRepository({ id: `someone/${name}` }, { hubUrl: server.url, signal });

async function select(repository: Repository): Promise<readonly string[]> {
  const selected = await selectCheckpointFiles(repository, { hubUrl: server.url, signal });
  return selected.kind === "checkpoint" ? selected.files.map(({ path }) => path) : ["(converted)"];
}

/** A repository of names alone, as nobody reads what is in them. */
function listing(...paths: readonly string[]): Repository {
  const files = paths.map((path): RemoteFile => ({ repository: "a/b", path, url: "", size: 1 }));
  return { id: "a/b", revision: "0".repeat(40), licence: "not stated", files };
}

const TEXTS = ["config.json", "tokenizer.json", "tokenizer_config.json"];

describe("what a conversion reads", () => {
  it.each(readdirSync(CHECKPOINTS))("of %s is all there is, small files first", async (name) => {
    const paths = await select(await describeFixture(name));
    expect([...paths].sort()).toEqual(readdirSync(`${CHECKPOINTS}/${name}`).sort());
    expect(paths.slice(0, 3)).toEqual(TEXTS);
  });

  it("is safetensors before pickles, and nothing beside them", async () => {
    const others = ["README.md", ".gitattributes", "training_args.bin", "optimizer.pt", "onnx/model.onnx"];
    const model = ["model.safetensors", "pytorch_model.bin", "reward_head.pt", "chat_template.jinja"];
    expect(await select(listing(...others, ...model, ...TEXTS))).toEqual([
      ...TEXTS,
      "chat_template.jinja",
      "reward_head.pt",
      "model.safetensors",
    ]);
    expect(
      await select(listing("pytorch_model.bin", "reward_head.safetensors", "reward_head.pt", ...TEXTS)),
    ).toEqual([...TEXTS, "reward_head.safetensors", "pytorch_model.bin"]);
  });

  it("is only the shards that the index names", async () => {
    const repository = await describeFixture("tiny-qwen2.5-math-prm");
    const [any] = repository.files;
    const stale = { ...any, path: "model-00001-of-00009.safetensors" } as RemoteFile;
    const paths = await select({ ...repository, files: [...repository.files, stale] });
    expect(paths).not.toContain(stale.path);
    expect(paths).toContain("model-00001-of-00002.safetensors");
  });

  it("may be here already: a converted model is told by its manifest", async () => {
    const repository = listing("stepscope.json", "onnx/model_q4.onnx", ...TEXTS);
    expect(await selectCheckpointFiles(repository, { signal })).toMatchObject({
      kind: "converted",
      manifest: { path: "stepscope.json" },
    });
  });
});

describe("what cannot be converted", () => {
  it.each([
    [
      "nothing",
      listing("README.md", ...TEXTS),
      "a/b holds no checkpoint: none of model.safetensors.index.json, model.safetensors, pytorch_model.bin.index.json, pytorch_model.bin",
    ],
    [
      "an adapter",
      listing("adapter_config.json", "adapter_model.safetensors", ...TEXTS),
      "a/b holds an adapter for another model, not a whole one",
    ],
    ["no tokenizer", listing("model.safetensors", "config.json"), "a/b has no tokenizer.json"],
    ["no config", listing("model.safetensors", "tokenizer.json"), "a/b has no config.json"],
  ])("%s", async (_what, repository, message) => {
    const selecting = select(repository);
    await expect(selecting).rejects.toMatchObject({ code: "unsupported-model", message });
  });

  it("an index that names what is not there", async () => {
    const repository = await describeFixture("tiny-math-shepherd");
    const files = repository.files.filter(({ path }) => path !== "model-00003-of-00003.safetensors");
    await expect(select({ ...repository, files })).rejects.toMatchObject({
      code: "malformed-file",
      message:
        "model.safetensors.index.json: names model-00003-of-00003.safetensors, which is not in someone/tiny-math-shepherd",
    });
  });

  it("an index too large to be one", async () => {
    const repository = await describeFixture("tiny-math-shepherd");
    const files = repository.files.map((file) => ({ ...file, size: 10 ** 9 }));
    await expect(select({ ...repository, files })).rejects.toMatchObject({ code: "malformed-file" });
  });
});
