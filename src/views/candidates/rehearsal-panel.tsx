import { TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import type { AggregateId } from "../../core/aggregate/index.ts";
import {
  DEFAULT_BETA,
  type GroupWarning,
  groupRewards,
  groupWarnings,
  ranksOf,
} from "../../core/best-of/group-advantage.ts";
import { type Entry, groupOf } from "../../state/best-of.ts";
import { aggregateById } from "../../state/inspection.ts";
import { classNames } from "../../ui/class-names.ts";
import { Disclosure } from "../../ui/disclosure.tsx";
import { formatDelta, formatScore } from "../../ui/format-number.ts";
import { ScrollBox } from "../../ui/scroll-box.tsx";
import { Slider } from "../../ui/slider.tsx";
import { CorrectMark } from "./correct-mark.tsx";

interface RehearsalPanelProps {
  readonly entries: readonly Entry[];
  readonly aggregate: AggregateId;
}

const BETA_STEP = 0.05;

const WARNING_WORDS = {
  "no-difference": "All rewards are the same: training would learn nothing from this group.",
  "wrong-first": "A wrong chain has the highest reward.",
  "wrong-rewarded": "At least one wrong chain lies above the mean: training would make it more likely.",
  "right-punished": "At least one right chain lies below the mean: training would make it less likely.",
} as const satisfies Record<GroupWarning, string>;

/** What the candidates would be worth as a group of GRPO, before a training run finds out. */
export function RehearsalPanel({ entries, aggregate }: RehearsalPanelProps) {
  const group = useMemo(() => groupOf(entries, aggregate), [entries, aggregate]);
  return (
    <Disclosure title="As a group of GRPO">
      {() =>
        group.length < 2 ? (
          <p className="py-2 text-sm text-ink-2">
            Two scored candidates are needed of which it is known whether they are right.
          </p>
        ) : (
          <Rehearsal entries={entries} group={group} label={aggregateById(aggregate).label} />
        )
      }
    </Disclosure>
  );
}

interface RehearsalProps {
  readonly entries: readonly Entry[];
  readonly group: ReturnType<typeof groupOf>;
  readonly label: string;
}

/** Chains drawn at most: the highest rewards; every chain of the group counts for the mean. */
const MOST_ROWS = 64;

function Rehearsal({ entries, group, label }: RehearsalProps) {
  const [beta, setBeta] = useState(DEFAULT_BETA);
  const rewards = groupRewards(group, beta);
  const warnings = groupWarnings(group, rewards);
  const ranks = ranksOf(rewards.map(({ reward }) => reward));
  const ranksByModel = ranksOf(group.map(({ score }) => score));
  const order = [...group.keys()].sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0)).slice(0, MOST_ROWS);
  const largest = Math.max(...rewards.map(({ advantage }) => Math.abs(advantage)));
  return (
    <div className="flex flex-col gap-3 py-2">
      <p className="max-w-[84ch] text-xs text-ink-3">
        Reward = (1 − β) · rule + β · {label}, on a scale from 0 to 1; the rule gives 1 for the right answer.
        Advantage = (reward − mean) / sample standard deviation (over n − 1) of the group. Blend and β of
        ReasonFlux-PRM (arXiv 2506.18896), advantage of GRPO (arXiv 2402.03300).
      </p>
      <Slider
        label="β"
        className="max-w-80"
        value={beta}
        min={0}
        max={1}
        step={BETA_STEP}
        onChange={setBeta}
        format={(value) => value.toFixed(2)}
      />
      <div role="status" className="flex flex-col gap-1 text-sm text-ink-2 empty:hidden">
        {warnings.map((warning) => (
          <p key={warning} className="flex items-start gap-1.5">
            <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-bad" />
            {WARNING_WORDS[warning]}
          </p>
        ))}
      </div>
      <ScrollBox label="Rewards and advantages of the group">
        <table className="w-full max-w-[720px] text-right text-xs">
          <caption className="sr-only">Rewards and advantages of the group</caption>
          <thead>
            <tr className="caption border-b border-line-strong">
              <th scope="col" className="px-2 py-1.5 text-left font-normal">
                Candidate
              </th>
              <th scope="col" className="px-2 font-normal">
                Score
              </th>
              <th scope="col" className="px-2 font-normal">
                Reward
              </th>
              <th scope="col" className="px-2 font-normal">
                Advantage
              </th>
              <th aria-hidden className="w-40 px-2 max-sm:hidden" />
              <th scope="col" className="px-2 font-normal whitespace-nowrap">
                Rank
              </th>
            </tr>
          </thead>
          <tbody>
            {order.map((member) => {
              const { index, score, isCorrect } = group[member] ?? { index: 0, score: 0, isCorrect: false };
              const { reward, advantage } = rewards[member] ?? { reward: 0, advantage: 0 };
              const [before, now] = [ranksByModel[member], ranks[member]];
              return (
                <tr key={index} data-member={index + 1} className="border-b border-line">
                  <th scope="row" className="px-2 py-1.5 text-left font-semibold whitespace-nowrap">
                    <span className="inline-flex items-baseline gap-2">
                      #{(entries[index]?.place ?? 0) + 1}
                      <CorrectMark isCorrect={isCorrect} />
                    </span>
                  </th>
                  <td className="px-2">{formatScore(score, 2)}</td>
                  <td className="px-2 font-semibold">{formatScore(reward, 2)}</td>
                  <td
                    data-value={String(advantage)}
                    className={classNames("px-2 font-semibold", advantage < 0 ? "text-bad" : "text-good")}
                  >
                    {formatDelta(advantage)}
                  </td>
                  <td aria-hidden className="px-2 max-sm:hidden">
                    <AdvantageBar share={largest === 0 ? 0 : advantage / largest} />
                  </td>
                  <td className="px-2 whitespace-nowrap" title="By the score alone, and by the reward">
                    {before === now ? (
                      now
                    ) : (
                      <>
                        <span className="text-ink-3">{before} → </span>
                        <span className="font-semibold">{now}</span>
                      </>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
}

const HALF = 50;

/** From the middle to the right above the mean, to the left below. */
function AdvantageBar({ share }: { readonly share: number }) {
  const width = Math.abs(share) * HALF;
  return (
    <span data-measure className="relative block h-1.5 min-w-24 rounded-full bg-line">
      <span
        className={classNames("absolute inset-y-0 rounded-full", share < 0 ? "bg-bad" : "bg-good")}
        style={{ width: `${width}%`, left: `${share < 0 ? HALF - width : HALF}%` }}
      />
    </span>
  );
}
