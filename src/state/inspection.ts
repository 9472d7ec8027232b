/** What follows from a run and the reader's settings. Pure; views memoise it, nobody stores it. */
import type { AggregateInput } from "../core/aggregate/aggregate.ts";
import { AGGREGATES, type AggregateId, defaultAggregate } from "../core/aggregate/index.ts";
import { PROTOCOLS } from "../core/protocols/index.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import { rewardsSurvival, rewardsTrajectory } from "../core/protocols/traits.ts";
import type { Probability, StepIndex } from "../core/units.ts";
import { badSteps, firstError, type StepRewards, worstStep } from "../core/verdict.ts";
import type { EngineStatus } from "./engine-status.ts";
import type { Rating } from "./ratings.ts";
import type { Run } from "./runs.ts";
import type { AggregateSettings } from "./view-state.ts";

/** Stands in for the threshold while it is not known: no step has a reward then. */
const UNKNOWN_THRESHOLD = 0;

/** The model's own threshold: that of the run, else of the model that is loaded; undefined before one is. */
export function modelThreshold(run: Run | undefined, engine: EngineStatus): Probability | undefined {
  return run?.threshold ?? (engine.kind === "ready" ? engine.model.threshold : undefined);
}

export interface Inspection {
  readonly threshold: Probability;
  /** Of a step reward. */
  readonly range: Protocol["range"];
  readonly rewards: StepRewards;
  readonly scoredCount: number;
  /** -1 for none. */
  readonly firstError: StepIndex;
  readonly bad: readonly StepIndex[];
  readonly worst: StepIndex | undefined;
  /** The step that the verdict names: the first error, else the worst. */
  readonly verdictStep: StepIndex | undefined;
  /** Running product of the rewards: the chance that nothing went wrong up to here. */
  readonly survival: readonly (Probability | undefined)[];
}

/** The last inspection of each run: actions and views share one, and what is derived from it. */
const inspections = new WeakMap<Run, Inspection>();

/**
 * The same object again for as long as run and threshold are the same.
 * @param known The threshold in force: the reader's, else the model's; undefined before a model is loaded.
 */
export function inspectRun(run: Run, known: Probability | undefined): Inspection {
  const threshold = known ?? UNKNOWN_THRESHOLD;
  const last = inspections.get(run);
  if (last?.threshold === threshold) {
    return last;
  }
  const inspection = inspect(run, threshold);
  inspections.set(run, inspection);
  return inspection;
}

function inspect(run: Run, threshold: Probability): Inspection {
  const rewards = run.scores.map((score) => score?.reward);
  let alive: number | undefined = 1;
  const survival = rewards.map((reward) => {
    // Past a gap the product is not known.
    alive = alive === undefined || reward === undefined ? undefined : alive * reward;
    return alive;
  });
  const first = firstError(rewards, threshold);
  const worst = worstStep(rewards)?.index;
  return {
    threshold,
    range: traitsOf(run).range,
    rewards,
    scoredCount: rewards.filter((reward) => reward !== undefined).length,
    firstError: first,
    bad: badSteps(rewards, threshold),
    worst,
    verdictStep: first >= 0 ? first : worst,
    survival,
  };
}

export function aggregateInput(run: Rating, settings: AggregateSettings): AggregateInput {
  return {
    rewards: run.scores.flatMap((score) => (score === undefined ? [] : [score.reward])),
    rewardRange: traitsOf(run).range,
    ...(run.trajectoryReward === undefined ? {} : { trajectoryReward: run.trajectoryReward }),
    alpha: settings.alpha,
    useSteps: settings.usesSteps,
    useTrajectory: settings.usesTrajectory,
  };
}

/** What a run's numbers can mean. Before its model is known, what they mean for the model of the page. */
export function traitsOf({ protocol }: Pick<Run, "protocol">): {
  readonly survival: boolean;
  readonly trajectory: boolean;
  /** Of a step reward. */
  readonly range: Protocol["range"];
} {
  const known = PROTOCOLS.find(({ id }) => id === protocol) ?? PROTOCOLS[0];
  return { survival: rewardsSurvival(known), trajectory: rewardsTrajectory(known), range: known.range };
}

/** The aggregate in force: the reader's, else the one that fits the run's model. */
export function aggregateOf(chosen: AggregateId | undefined, run: Run): AggregateId {
  return chosen ?? defaultAggregate(traitsOf(run).trajectory);
}

export function aggregateById(id: AggregateId) {
  return AGGREGATES.find((aggregate) => aggregate.id === id) ?? AGGREGATES[0];
}

/** The chosen aggregate over the steps up to each one, on the axis of the rewards. */
export interface RunningAggregate {
  /** Divided by `scale`; undefined from the first step without a reward on. */
  readonly values: readonly (number | undefined)[];
  /** The greatest value the aggregate can have, or 1 where it has none. */
  readonly scale: number;
}

/** The trajectory reward of a prefix is the model's value at its last step. */
export function runningAggregate(run: Run, id: AggregateId, settings: AggregateSettings): RunningAggregate {
  const { compute } = aggregateById(id);
  const { alpha, usesSteps: useSteps, usesTrajectory: useTrajectory } = settings;
  const rewardRange = traitsOf(run).range;
  const rewards: number[] = [];
  let isWhole = true;
  let scale = 1;
  const values = run.scores.map((score) => {
    isWhole &&= score !== undefined;
    if (!isWhole || score === undefined) {
      return undefined;
    }
    rewards.push(score.reward);
    const value = score.value === undefined ? {} : { trajectoryReward: score.value };
    const result = compute({ rewards, rewardRange, ...value, alpha, useSteps, useTrajectory });
    if (result === undefined) {
      return undefined;
    }
    scale = result.range[1];
    return result.value / scale;
  });
  return { values, scale };
}
