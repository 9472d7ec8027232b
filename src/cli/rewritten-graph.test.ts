/** Graphs that the command line runs rewritten, and those that it cannot: both give the rewards of the stored one. */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { shareKeys } from "../convert/testing/share-keys.ts";
import { MANIFEST_FILE } from "../core/manifest.ts";
import type { LoadedModel, ScoreRequest } from "../core/scorer.ts";
import { LocalScorer } from "../engine/local-scorer.ts";
import { cpuCandidate, cpuCandidates, nodeHost } from "./node-host.ts";
import { withScorer } from "./with-scorer.ts";

const MODEL = fileURLToPath(new URL("../../e2e/fixtures/models/tiny-stepscope-prm", import.meta.url));
const GRAPH_FILE = "onnx/model_q4.onnx";

const CHAIN: ScoreRequest = {
  problem: "How many apples are left?",
  steps: ["She has 7 and eats 2.", "7 - 2 = 5.", "So 5 are left."],
};

const quiet = { signal: new AbortController().signal, emit: () => undefined };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stepscope-test-"));
  cpSync(MODEL, folder, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function scoreWith(model: string): Promise<{ rewards: number[]; loaded: LoadedModel }> {
  let found: { rewards: number[]; loaded: LoadedModel } | undefined;
  await withScorer(model, quiet.signal, 1, async ({ scorer, model: loaded }) => {
    const { steps } = await scorer.score(CHAIN, quiet);
    found = { rewards: steps.map(({ reward }) => reward), loaded };
  });
  return found ?? { rewards: [], loaded: expect.fail("nothing was scored") };
}

/** That they are the rewards of the graph as it is stored, whatever chunks the clock has cut. */
async function expectStored(rewards: readonly number[]): Promise<void> {
  const stored = await storedRewards();
  expect(rewards).toHaveLength(stored.length);
  for (const [index, reward] of stored.entries()) {
    expect(rewards[index]).toBeCloseTo(reward, 4);
  }
}

async function storedRewards(): Promise<number[]> {
  const scorer = new LocalScorer({ ...nodeHost, devices: () => Promise.resolve([cpuCandidate(1)]) });
  await scorer.load({ model: { id: "tiny", location: MODEL } }, quiet);
  return (await scorer.score(CHAIN, quiet)).steps.map(({ reward }) => reward);
}

/** Makes the model one whose graph cannot be rewritten. */
function shareKeysInFolder(): void {
  const path = join(folder, GRAPH_FILE);
  const graph = shareKeys(new Uint8Array(readFileSync(path)));
  writeFileSync(path, graph);
  const manifest = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), "utf8"));
  const file = manifest.files.find((one: { path: string }) => one.path === GRAPH_FILE);
  file.size = graph.length;
  file.sha256 = createHash("sha256").update(graph).digest("hex");
  writeFileSync(join(folder, MANIFEST_FILE), JSON.stringify(manifest));
}

describe("the command line's graph", () => {
  it("gives the rewards of the stored one, and leaves no file behind", async () => {
    const temporary = join(folder, "temporary");
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    const { rewards, loaded } = await scoreWith(MODEL);
    expect(loaded.device).toMatchObject({ label: "CPU, 1 thread", reason: "Node runs models on the CPU" });
    await expectStored(rewards);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("runs as it is stored where it cannot be rewritten, and says why", async () => {
    shareKeysInFolder();
    const told = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const { rewards, loaded } = await scoreWith(folder);
    await expectStored(rewards);
    expect(loaded.device.label).toBe("CPU, 1 thread, all keys and values returned");
    expect(told.mock.calls.join("")).toMatch(
      /take longer .* refused: new keys and values only: node .* shares its keys and values with another node/,
    );
  });

  it("is not rewritten where its weights would fill the memory", () => {
    const [first, second] = cpuCandidates(1).map((candidate) =>
      candidate.objection?.({ dtype: "q4", files: [{ path: GRAPH_FILE, size: 4e9, sha256: "" }] }),
    );
    expect(first).toContain("large");
    expect(second).toBeUndefined();
  });
});
