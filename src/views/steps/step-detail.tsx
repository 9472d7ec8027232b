import { Lock } from "lucide-react";
import { assertDefined } from "../../core/assert.ts";
import type { Step, StepScore } from "../../core/trace.ts";
import { type Inspection, traitsOf } from "../../state/inspection.ts";
import { usePanes } from "../../state/panes.ts";
import type { Reading } from "../../state/reading.ts";
import { notScoredReason, type Run } from "../../state/runs.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatDelta, formatProbability } from "../../ui/format-number.ts";
import { StatGrid } from "../../ui/stat-grid.tsx";
import { MaximiseButton } from "../maximise-button.tsx";
import { notScoredWords } from "../not-scored-words.ts";
import { RewardChip } from "../reward-chip.tsx";
import { extraMark } from "./extra-scores.tsx";
import { ModelSaw } from "./model-saw.tsx";
import { RenderedText } from "./rendered-text.tsx";
import { StepSums } from "./step-check.tsx";
import { TagMenu } from "./tag-menu.tsx";

interface StepDetailProps {
  readonly run: Run;
  readonly step: Step;
  readonly inspection: Inspection;
  readonly reading: Reading;
  readonly isLocked: boolean;
  readonly context: number | undefined;
}

const MOST_HOT_TOKENS = 6;

export function StepDetail({ run, step, inspection, reading, isLocked, context }: StepDetailProps) {
  const { index } = step;
  const score = run.scores[index];
  const { rewards, survival, threshold, range } = inspection;
  const previous = index > 0 ? rewards[index - 1] : undefined;
  const alive = survival[index];
  const isMaximised = usePanes(({ maximised }) => maximised === "detail");
  return (
    <aside
      aria-label="Step detail"
      className={classNames(
        "flex min-h-0 min-w-0 flex-1 flex-col gap-4 overflow-y-auto border-line px-4 py-3 max-md:border-t",
        isMaximised ? "*:mx-auto *:w-full *:max-w-3xl" : "md:border-l",
      )}
    >
      <div className="flex items-center gap-3">
        <h2 className="text-sm font-semibold whitespace-nowrap">Step {index + 1}</h2>
        <span className="text-xs text-ink-3">{step.lane}</span>
        <TagMenu
          index={index}
          tag={assertDefined(reading.tags[index], "tag")}
          ruled={assertDefined(reading.ruledTags[index], "tag")}
        />
        <span className="ml-auto flex items-center gap-2">
          {isLocked && (
            <span title="Locked; Esc unlocks">
              <Lock aria-label="locked" className="size-3.5 text-ink-3" />
            </span>
          )}
          <MaximiseButton pane="detail" />
        </span>
      </div>
      {isMaximised && (
        // Its row is not on the page then.
        <div>
          <RenderedText
            text={step.text}
            hazards={score?.hazards}
            findings={assertDefined(reading.checks[index], "check").findings}
          />
        </div>
      )}
      {score === undefined ? (
        <p className="flex items-center gap-3 text-sm text-ink-2">
          <RewardChip reward={undefined} threshold={threshold} range={range} />
          {notScoredWords(notScoredReason(run, index), context)}
        </p>
      ) : (
        <StatGrid
          stats={[
            { label: "Reward", value: formatProbability(score.reward), hint: String(score.reward) },
            {
              label: "Δ to previous",
              value: previous === undefined ? "–" : formatDelta(score.reward - previous),
              hint: "Reward minus the reward of the step before",
            },
            ...(traitsOf(run).survival ? survivalStats(alive, score.value) : []),
            ...(score.extra ?? []).map((extra) => ({
              label: extra.label,
              value: formatProbability(extra.value),
              mark: extraMark(extra),
              hint: `Read from the same logits as the reward; marked above ${extra.threshold}`,
            })),
            {
              label: "Tokens",
              value: String(score.read.tokens[1] - score.read.tokens[0]),
              hint: `Tokens ${score.read.tokens[0]} to ${score.read.tokens[1] - 1} of the model’s input`,
            },
          ]}
        />
      )}
      <StepSums check={assertDefined(reading.checks[index], "check")} />
      {score !== undefined && (
        <>
          <HotTokens step={step} score={score} />
          <ModelSaw run={run} score={score} />
        </>
      )}
    </aside>
  );
}

/** Numbers that only a model of hazards gives a meaning. */
function survivalStats(alive: number | undefined, value: number | undefined) {
  return [
    {
      label: "Survival so far",
      value: alive === undefined ? "–" : formatProbability(alive),
      hint: "Product of all rewards up to this step: the chance that nothing has gone wrong yet",
    },
    {
      label: "Value so far",
      value: value === undefined ? "–" : formatProbability(value),
      hint: "The model’s estimate, at the end of this step, that the final answer is right",
    },
  ];
}

/** The tokens that cost this step most, with what the hazard is. */
function HotTokens({ step, score }: { readonly step: Step; readonly score: StepScore }) {
  if (score.hazards === undefined) {
    return null;
  }
  const hottest = score.hazards.toSorted((a, b) => b.hazard - a.hazard).slice(0, MOST_HOT_TOKENS);
  return (
    <section aria-label="Hottest tokens" className="flex flex-col gap-1.5">
      <h3 className="caption" title="The chance that the chain goes wrong at this token">
        Hottest tokens
      </h3>
      <ol className="flex flex-col gap-1">
        {hottest.map(({ start, end, hazard }) => (
          <li key={start} className="grid grid-cols-[minmax(0,1fr)_88px_40px] items-center gap-2 text-xs">
            <span className="flex justify-end overflow-hidden font-mono whitespace-pre">
              {end > start ? (
                <>
                  <span className="text-ink-3">{contextBefore(step.text, start)}</span>
                  <span className="font-semibold">{visible(step.text.slice(start, end))}</span>
                </>
              ) : (
                <span className="text-ink-3">end of step</span>
              )}
            </span>
            <span aria-hidden data-measure className="h-1 overflow-hidden rounded-full bg-line">
              <span className="block h-full rounded-full bg-(--heat)" style={{ width: `${hazard * 100}%` }} />
            </span>
            <span className="text-right">{formatProbability(hazard)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const CONTEXT_CHARS = 10;

function contextBefore(text: string, start: number): string {
  return visible(text.slice(Math.max(0, start - CONTEXT_CHARS), start));
}

/** Line breaks would tear the row. */
function visible(text: string): string {
  return text.replaceAll("\n", "↵");
}
