/** Numbers against PyTorch's, in Node. The browser does the same in e2e. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { protocolById } from "../core/protocols/index.ts";
import type { CallContext } from "../core/scorer.ts";
import { LocalScorer } from "../engine/local-scorer.ts";
import { nodeHost } from "./node-host.ts";

interface ExpectedCase {
  readonly problem: string;
  readonly steps: readonly string[];
  readonly input_ids: readonly number[];
  readonly step_token_ranges: readonly (readonly [number, number])[];
  readonly token_hazard_logits: readonly number[];
  readonly rewards: readonly number[];
  readonly trajectory_reward: number;
}

function cases(name: string): readonly ExpectedCase[] {
  const text = readFileSync(resolve("e2e/fixtures/expected", `${name}.json`), "utf8");
  return (JSON.parse(text) as { cases: ExpectedCase[] }).cases;
}

function quiet<E>(signal = new AbortController().signal): CallContext<E> {
  return { signal, emit: () => undefined };
}

function hazardLogit(hazard: number): number {
  return Math.log(hazard) - Math.log1p(-hazard);
}

describe.each([
  { name: "stepscope-prm", folder: "public/models/stepscope-prm", rewardDelta: 0.005 },
  { name: "tiny-stepscope-prm", folder: "e2e/fixtures/models/tiny-stepscope-prm", rewardDelta: 0.001 },
])("$name on the CPU", ({ name, folder, rewardDelta }) => {
  const scorer = new LocalScorer(nodeHost);

  beforeAll(async () => {
    const model = await scorer.load({ model: { id: name, location: folder } }, quiet());
    expect(model.selfTest.maxDelta).toBeLessThan(rewardDelta);
  });

  it.each(cases(name).map((expected, index) => ({ index, expected })))(
    "agrees with PyTorch on case $index",
    async ({ expected }) => {
      const scored = await scorer.score({ problem: expected.problem, steps: expected.steps }, quiet());
      expect(scored.prompt.ids).toEqual(expected.input_ids);
      expect(scored.steps.map((step) => step.read.tokens)).toEqual(expected.step_token_ranges);
      for (const [index, reward] of expected.rewards.entries()) {
        expect(Math.abs((scored.steps[index]?.reward ?? Number.NaN) - reward)).toBeLessThan(rewardDelta);
      }
      expect(Math.abs((scored.trajectoryReward ?? Number.NaN) - expected.trajectory_reward)).toBeLessThan(
        rewardDelta,
      );
      const logits = scored.steps.flatMap((step) =>
        (step.hazards ?? []).map(({ hazard }) => hazardLogit(hazard)),
      );
      expect(logits).toHaveLength(expected.token_hazard_logits.length);
      for (const [index, logit] of expected.token_hazard_logits.entries()) {
        expect(Math.abs((logits[index] ?? Number.NaN) - logit)).toBeLessThan(0.02);
      }
    },
  );
});

describe("chunks", () => {
  it("give the rewards of one pass, however the prompt is cut and wherever it is stopped", async () => {
    const scorer = new LocalScorer(nodeHost);
    const location = "e2e/fixtures/models/tiny-stepscope-prm";
    await scorer.load({ model: { id: "tiny-stepscope-prm", location } }, quiet());
    const all = cases("tiny-stepscope-prm");
    await fc.assert(
      fc.asyncProperty(fc.nat(all.length - 1), fc.integer({ min: 1, max: 4 }), async (which, stopAfter) => {
        const expected = all[which];
        if (expected === undefined) {
          return;
        }
        const request = { problem: expected.problem, steps: expected.steps };
        const stop = new AbortController();
        let events = 0;
        const first = await scorer.score(request, {
          signal: stop.signal,
          emit: () => {
            events += 1;
            if (events === stopAfter) {
              stop.abort();
            }
          },
        });
        const second = await scorer.score(request, quiet());
        expect(second.timing.reused).toBe(first.timing.tokens + first.timing.reused);
        expect(second.steps).toHaveLength(expected.rewards.length);
        for (const [index, reward] of expected.rewards.entries()) {
          expect(Math.abs((second.steps[index]?.reward ?? Number.NaN) - reward)).toBeLessThan(0.001);
        }
      }),
      { numRuns: 12, seed: 20260101 },
    );
  });
});

it("knows the protocol of both models", () => {
  expect(protocolById("stepscope-prm").readout.kind).toBe("token-hazard");
});
