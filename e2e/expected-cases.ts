import { readFileSync } from "node:fs";

export interface ExpectedCase {
  readonly problem: string;
  readonly steps: readonly string[];
  readonly input_ids: readonly number[];
  readonly step_token_ranges: readonly (readonly [number, number])[];
  readonly token_hazard_logits: readonly number[];
  readonly rewards: readonly number[];
  readonly trajectory_reward: number;
}

/** Rewards that PyTorch computed for a model, in float32. */
export function expectedCases(model: string): readonly ExpectedCase[] {
  const file = new URL(`fixtures/expected/${model}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { cases: ExpectedCase[] }).cases;
}

/** A case of the tiny model with eight steps, of which the 3rd, 5th, 6th and 7th are bad and the 6th is worst. */
export const EIGHT_STEPS = expectedCases("tiny-stepscope-prm")[3] as ExpectedCase;
