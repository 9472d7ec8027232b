/** From a repository on the Hub to scores, on disk: the Hub is a server of this machine that speaks its protocol. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { WORK_FOLDERS } from "../conversion/workshop.ts";
import { conversionError } from "../core/manifest.ts";
import type { AddProgress } from "../core/model-library.ts";
import type { CallContext } from "../core/scorer.ts";
import { LocalScorer } from "../engine/local-scorer.ts";
import { HubServer } from "../hub/testing/hub-server.ts";
import { convertFolder, convertRepository } from "./convert-folder.ts";
import { isTaken } from "./folder-workshop.ts";
import { nodeHost } from "./node-host.ts";

const scratch = mkdtempSync(join(tmpdir(), "stepscope-repository-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const REPOSITORY = "Gen-Verse/ReasonFlux-PRM-7B";
const folder = "e2e/fixtures/checkpoints/tiny-reasonflux-prm-7b";

let hub: HubServer;
beforeEach(async () => {
  hub = await HubServer.start({
    repositories: { [REPOSITORY]: { folder, card: { license: "apache-2.0" } } },
  });
});
afterEach(() => hub.close());

function quiet<E>(signal = new AbortController().signal): CallContext<E> {
  return { signal, emit: () => undefined };
}

function context(ctx: CallContext<AddProgress> = quiet()) {
  return { ...ctx, hubUrl: hub.url, retryDelays: [] };
}

async function firstRewards(model: string): Promise<readonly number[]> {
  const scorer = new LocalScorer(nodeHost);
  await scorer.load({ model: { id: "m", location: model } }, quiet());
  const text = readFileSync("e2e/fixtures/expected/tiny-reasonflux-prm-7b.json", "utf8");
  const { cases } = JSON.parse(text) as {
    cases: { problem: string; steps: string[]; rewards: number[] }[];
  };
  const [first] = cases;
  const scored = await scorer.score({ problem: first?.problem ?? "", steps: first?.steps ?? [] }, quiet());
  expect(scored.steps.map(({ reward }) => reward.toFixed(3))).toEqual(
    first?.rewards.map((reward) => reward.toFixed(3)),
  );
  return scored.steps.map(({ reward }) => reward);
}

it("downloads, converts, and says where the model comes from", async () => {
  const out = join(scratch, "whole");
  const manifest = await convertRepository({ repository: REPOSITORY, out, dtype: "fp32" }, context());
  expect(conversionError(manifest)).toBeLessThan(1e-4);
  expect(manifest).toMatchObject({
    id: REPOSITORY,
    protocol: "reasonflux-prm-7b",
    licence: "apache-2.0",
    source: { repository: REPOSITORY, revision: expect.stringMatching(/^[0-9a-f]{40}$/) },
  });
  expect(existsSync(join(out, WORK_FOLDERS.disk))).toBe(false);
  await firstRewards(out);
});

it("goes on where the connection was lost, and asks for no byte twice", async () => {
  const out = join(scratch, "resumed");
  const shard = "model-00001-of-00002.safetensors";
  hub.failNext(shard, { kind: "cut", after: 300_000 });
  const request = { repository: REPOSITORY, out, dtype: "fp32" } as const;
  await expect(convertRepository(request, context())).rejects.toMatchObject({ code: "download-failed" });
  expect(existsSync(join(out, "stepscope.json"))).toBe(false);
  await convertRepository(request, context());
  expect(hub.rangesOf(shard)).toEqual(["bytes=0-", "bytes=300000-"]);
  await firstRewards(out);
});

it("tells of the waits while the Hub does not answer", async () => {
  const out = join(scratch, "waiting");
  hub.failNext("info", { kind: "status", status: 503 });
  hub.failNext("config.json", { kind: "status", status: 503 });
  const told: AddProgress[] = [];
  const ctx = { ...context({ ...quiet(), emit: (progress) => told.push(progress) }), retryDelays: [0, 0] };
  await convertRepository({ repository: REPOSITORY, out, dtype: "q4" }, ctx);
  const failed = (what: string) => `${what} could not be downloaded: HTTP 503`;
  expect(told.filter(({ phase }) => phase === "wait")).toEqual(
    [failed(REPOSITORY), failed("config.json")].map((reason) => ({
      phase: "wait",
      reason,
      delay: 0,
      attempt: 2,
      attempts: 3,
    })),
  );
});

it("takes a repository that holds a converted model as it is", async () => {
  const converted = join(scratch, "converted");
  await convertFolder({ folder, out: converted, dtype: "fp32", licence: "mit" }, quiet());
  await hub.close();
  hub = await HubServer.start({ repositories: { "owner/converted": { folder: converted } } });
  const out = join(scratch, "taken");
  const manifest = await convertRepository({ repository: "owner/converted", out, dtype: "q4" }, context());
  expect(manifest.dtype).toBe("fp32");
  await firstRewards(out);
});

it("downloads nothing of a model that is known and cannot be run", async () => {
  const request = {
    repository: "PRIME-RL/EurusPRM-Stage2",
    out: join(scratch, "never"),
    dtype: "q4",
  } as const;
  await expect(convertRepository(request, context())).rejects.toThrow(
    "EurusPRM is not supported: its rewards are differences",
  );
  expect(hub.requests).toEqual([]);
});

it("refuses a converted model whose graph leads out of its folder", async () => {
  const folderOut = join(scratch, "leading-out");
  await convertFolder({ folder, out: folderOut, dtype: "q4", licence: "mit" }, quiet());
  const graph = join(folderOut, "onnx/model_q4.onnx");
  // Of the same length, so that nothing but the name differs; the manifest is made to agree.
  const spoiled = readFileSync(graph, "latin1").replaceAll("model_q4.onnx_data", "../../secret.file.");
  writeFileSync(graph, spoiled, "latin1");
  const manifest = JSON.parse(readFileSync(join(folderOut, "stepscope.json"), "utf8"));
  for (const file of manifest.files) {
    file.sha256 = createHash("sha256")
      .update(readFileSync(join(folderOut, file.path)))
      .digest("hex");
  }
  writeFileSync(join(folderOut, "stepscope.json"), JSON.stringify(manifest));
  const scorer = new LocalScorer(nodeHost);
  await expect(scorer.load({ model: { id: "m", location: folderOut } }, quiet())).rejects.toThrow(
    'is in "../../secret.file.", which is not a file of this model',
  );
});

it("deletes nothing that was there before, whatever fails", async () => {
  const out = join(scratch, "mine");
  mkdirSync(join(out, "work"), { recursive: true });
  writeFileSync(join(out, "work/thesis.txt"), "mine");
  const request = { repository: "PRIME-RL/EurusPRM-Stage2", out, dtype: "q4" } as const;
  await expect(convertRepository(request, context())).rejects.toThrow("EurusPRM is not supported");
  expect(readFileSync(join(out, "work/thesis.txt"), "utf8")).toBe("mine");
  expect(await isTaken(out)).toBe(true);
});
