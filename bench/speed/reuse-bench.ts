/** What the engine's reuse is worth: the same work done with it and the naive way, in turn. */
import type { ScoreRequest } from "../../src/core/scorer.ts";
import type { Milliseconds } from "../../src/core/units.ts";
import type { OpenModel } from "../../src/engine/open-model.ts";
import { chainOfSteps, countTokens, stepAt } from "./chains.ts";
import { scoreFresh, scoreOn } from "./cpu-model.ts";
import type { Ratios } from "./ratios.ts";
import { inRounds } from "./rounds.ts";

const STEPS = 40;
const CANDIDATES = 8;
const CANDIDATE_STEPS = 20;

/** A pass a prefix costs twenty passes: fewer rounds of it tell enough. */
const MOST_PREFIX_ROUNDS = 3;

export interface ReuseResult {
  readonly ratios: Ratios;
  /** Of the chain of 40 steps. */
  readonly tokens: number;
  /** Of one candidate of the 8. */
  readonly candidateTokens: number;
}

export async function benchReuse(model: OpenModel, runs: number): Promise<ReuseResult> {
  const chain = chainOfSteps(STEPS);
  let edits = 0;
  const edit = async (index: number): Promise<Milliseconds> => {
    edits += 1;
    await scoreFresh(model, chain);
    const steps = chain.steps.with(index, stepAt(index, edits));
    return (await scoreOn(model, { ...chain, steps })).duration;
  };
  const times = await inRounds(
    [
      { name: "full", run: async () => (await scoreFresh(model, chain)).duration },
      { name: "edit last", run: () => edit(STEPS - 1) },
      { name: "edit first", run: () => edit(0) },
      {
        name: "prefixes",
        rounds: Math.min(runs, MOST_PREFIX_ROUNDS),
        run: () => inTurn(model, prefixesOf(chain), scoreFresh),
      },
      { name: "separate", run: () => inTurn(model, candidates(), scoreFresh) },
      {
        name: "shared",
        run: () => {
          model.scoring.pool.clear();
          return inTurn(model, candidates(), scoreOn);
        },
      },
    ],
    runs,
  );
  const at = (name: string) => times(name).median;
  const [full, editLast, editFirst] = [at("full"), at("edit last"), at("edit first")];
  const [prefixes, separate, shared] = [at("prefixes"), at("separate"), at("shared")];
  return {
    tokens: countTokens(model.scoring, chain),
    candidateTokens: Math.max(...candidates().map((one) => countTokens(model.scoring, one))),
    ratios: {
      onePassVsPrefixes40: { value: prefixes / full, prefixesMs: prefixes, onePassMs: full },
      editLastVsFull40: { value: full / editLast, fullMs: full, editLastMs: editLast },
      editFirstVsFull40: { value: editFirst / full, editFirstMs: editFirst, fullMs: full },
      bestOf8VsSeparate: { value: separate / shared, separateMs: separate, sharedMs: shared },
    },
  };
}

function prefixesOf({ problem, steps }: ScoreRequest): ScoreRequest[] {
  return steps.map((_, index) => ({ problem, steps: steps.slice(0, index + 1) }));
}

/** Eight chains with one problem and one first half. */
function candidates(): ScoreRequest[] {
  const { problem, steps } = chainOfSteps(CANDIDATE_STEPS);
  return Array.from({ length: CANDIDATES }, (_, candidate) => ({
    problem,
    steps: steps.map((step, index) => (index < CANDIDATE_STEPS / 2 ? step : stepAt(index, candidate))),
  }));
}

async function inTurn(
  model: OpenModel,
  chains: readonly ScoreRequest[],
  score: typeof scoreOn,
): Promise<Milliseconds> {
  let sum = 0;
  for (const chain of chains) {
    sum += (await score(model, chain)).duration;
  }
  return sum;
}
