import type { Probability } from "../core/units.ts";
import { firstError, type StepRewards, worstStep } from "../core/verdict.ts";
import { formatCount, formatProbability } from "../ui/format-number.ts";

/** The verdict in one sentence, which says how many steps were scored when not all were. Steps count from 1. */
export function verdictSentence(rewards: StepRewards, threshold: Probability): string {
  const count = formatCount(rewards.length);
  if (rewards.length === 0) {
    return "There are no steps.";
  }
  const scored = rewards.filter((reward) => reward !== undefined).length;
  const worst = worstStep(rewards);
  if (worst === undefined) {
    return rewards.length === 1 ? "The only step is not scored." : `None of ${count} steps is scored.`;
  }
  const limit = formatThreshold(threshold);
  const first = firstError(rewards, threshold);
  const reward = rewards[first];
  const coverage = scored < rewards.length ? `${formatCount(scored)} of ${count} steps scored: ` : "";
  if (reward !== undefined) {
    const number = formatBelow(reward, threshold);
    return coverage === ""
      ? `Step ${first + 1} of ${count} is the first bad one: reward ${number}, below ${limit}.`
      : `${coverage}the first bad one is step ${first + 1}, reward ${number}, below ${limit}.`;
  }
  const lowest = `the lowest is step ${worst.index + 1} with ${formatProbability(worst.reward)}.`;
  return coverage === ""
    ? `No step of ${count} falls below ${limit}; ${lowest}`
    : `${coverage}none of them falls below ${limit}; ${lowest}`;
}

/** Two decimals, more only when the threshold has them. */
export function formatThreshold(threshold: Probability): string {
  const short = threshold.toFixed(2);
  return (Number(short) === threshold ? short : String(threshold)).replace(/^-/, "−");
}

/** As on the step's row, with more decimals where those would not read as below: 0.2496 must not be shown as 0.25. */
function formatBelow(reward: Probability, threshold: Probability): string {
  const usual = formatProbability(reward);
  // Read back as a number: the bound in "<.001", and a real minus sign.
  if (Number(usual.replace(/[<>]/, "").replace("−", "-")) < threshold) {
    return usual;
  }
  for (let digits = 3; digits <= 6; digits += 1) {
    const text = reward.toFixed(digits);
    if (Number(text) < threshold) {
      return text;
    }
  }
  return String(reward);
}
