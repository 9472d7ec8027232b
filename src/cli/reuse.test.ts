/**
 * Whatever was scored before, and however a prompt is cut into chunks, rewards are those of one pass. On the real
 * runtime, with the embedded model's small sibling and with a checkpoint whose graph gathers step positions.
 */
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScoreRequest } from "../core/scorer.ts";
import type { ScoredTrace } from "../core/trace.ts";
import type { DeviceCandidate, OpenDevice } from "../engine/host.ts";
import { type OpenModel, openModel } from "../engine/open-model.ts";
import { scoreTrace } from "../engine/score-trace.ts";
import { loadTokenizer } from "../engine/tokenizer.ts";
import { cpuCandidate, cpuCandidates, nodeHost } from "./node-host.ts";

const MODEL = fileURLToPath(new URL("../../e2e/fixtures/models/tiny-stepscope-prm", import.meta.url));
const TOLERANCE = 1e-3;

const quiet = { signal: new AbortController().signal, emit: () => undefined };

/** A device whose caches grow, as where the runtime cannot write into memory it is given. */
function growing(candidate: DeviceCandidate): DeviceCandidate {
  const open = async (): Promise<OpenDevice> => {
    const { allocateBuffer: _, ...device } = await candidate.open();
    return device;
  };
  return { ...candidate, open };
}

async function open(candidate: DeviceCandidate): Promise<OpenModel> {
  const provided = await nodeHost.provideModel({ id: "tiny", location: MODEL }, quiet);
  return openModel(provided, candidate, await loadTokenizer(provided));
}

const step = fc.constantFrom(
  "First, 2 + 2 = 4.",
  "So the train needs 3 hours, which is 180 minutes.",
  "Wait, that is wrong: 7 x 8 = 56, not 54.",
  "Therefore the answer is \\boxed{56}.",
  "Let x be the number of apples that are left after she gives a third of them to Ben.",
);
const request = fc.record({
  problem: fc.constantFrom("How many apples are left?", "How long does the train take?"),
  steps: fc.array(step, { minLength: 1, maxLength: 7 }),
});
/** Chains scored one after the other, each in chunks of its own size. */
const session = fc.array(fc.tuple(request, fc.integer({ min: 1, max: 90 })), { minLength: 1, maxLength: 5 });

function rewards({ steps, trajectoryReward = Number.NaN }: ScoredTrace): number[] {
  return [...steps.map(({ reward }) => reward), trajectoryReward];
}

const [ownRows = cpuCandidate()] = cpuCandidates();

describe.each([
  ["appended", ownRows],
  ["written in place", cpuCandidate()],
  ["growing", growing(cpuCandidate())],
])("key-value caches %s", (label, candidate) => {
  let model: OpenModel;
  let reference: OpenModel;
  beforeAll(async () => {
    model = await open(candidate);
    reference = await open(cpuCandidate());
  });
  afterAll(async () => {
    await model.release();
    await reference.release();
  });

  const inOnePass = (one: ScoreRequest) => {
    reference.scoring.pool.clear();
    return scoreTrace(reference.scoring, one, quiet, { chunkTokens: 10_000 });
  };

  it("is what this device has", () => {
    expect(model.cacheLabel).toBe(label);
  });

  it("changes no reward, in any order and any chunks", async () => {
    await fc.assert(
      fc.asyncProperty(session, async (chains) => {
        for (const [chain, chunkTokens] of chains) {
          const scored = rewards(await scoreTrace(model.scoring, chain, quiet, { chunkTokens }));
          const expected = rewards(await inOnePass(chain));
          expect(scored.length).toBe(expected.length);
          for (const [index, reward] of scored.entries()) {
            expect(Math.abs(reward - (expected[index] ?? Number.NaN))).toBeLessThan(TOLERANCE);
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe("what was computed is not computed again", () => {
  const steps = Array.from({ length: 12 }, (_, index) => `Step ${index + 1}: add ${index} to ${index + 3}.`);
  const chain = { problem: "What is the sum?", steps };
  const replaced = (index: number, text: string) => ({ ...chain, steps: steps.with(index, text) });
  let model: OpenModel;
  beforeAll(async () => {
    model = await open(ownRows);
  });
  afterAll(() => model.release());

  it("after an edit only the edited step and those after it", async () => {
    const whole = await scoreTrace(model.scoring, chain, quiet);
    const { timing, steps: scores } = await scoreTrace(model.scoring, replaced(9, "I forgot one."), quiet);
    // The position before the edit announced the old step's first token.
    expect(timing.reused).toBe((scores[9]?.read.tokens[0] ?? 0) - 1);
    expect(timing.tokens).toBeLessThan(whole.prompt.ids.length / 3);
  });

  it("and nothing when the edit is undone, or a step is taken away from the end", async () => {
    const undone = await scoreTrace(model.scoring, chain, quiet);
    expect(undone.timing).toMatchObject({ tokens: 0, chunks: 0, reused: undone.prompt.ids.length });
    const shorter = await scoreTrace(model.scoring, { ...chain, steps: steps.slice(0, -1) }, quiet);
    // The last position of a prompt announces a newline, which is not what followed it in the longer one.
    expect(shorter.timing.tokens).toBeLessThanOrEqual(1);
  });

  it("keeps as many bytes after 200 chains as after 5", async () => {
    const scoreSome = async (count: number) => {
      for (let index = 0; index < count; index += 1) {
        await scoreTrace(model.scoring, replaced(index % 12, `Step: ${index % 5}.`), quiet);
      }
      return model.scoring.pool.bytes;
    };
    model.scoring.pool.clear();
    expect(model.scoring.pool.bytes).toBe(0);
    await scoreSome(5);
    const after5 = model.scoring.pool.bytes;
    expect(after5).toBeGreaterThan(0);
    expect(await scoreSome(195)).toBe(after5);
  }, 60_000);
});
