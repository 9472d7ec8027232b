import { readFileSync } from "node:fs";

export interface ExpectedCase {
  readonly problem: string;
  readonly steps: readonly string[];
  readonly input_ids: readonly number[];
  readonly rewards: readonly number[];
  readonly trajectory_reward: number;
}

/** Rewards that PyTorch computed for a model, in float32. */
export function expectedCases(model: string): readonly ExpectedCase[] {
  const file = new URL(`fixtures/expected/${model}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { cases: ExpectedCase[] }).cases;
}
