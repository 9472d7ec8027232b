import { changeView } from "../actions/navigate.ts";
import type { AggregateInput } from "../core/aggregate/aggregate.ts";
import { AGGREGATES, type AggregateId, ALPHA, disagreement } from "../core/aggregate/index.ts";
import { aggregateById, aggregateInput, type Inspection, traitsOf } from "../state/inspection.ts";
import type { Run } from "../state/runs.ts";
import type { AggregateSettings } from "../state/view-state.ts";
import { classNames } from "../ui/class-names.ts";
import { formatCount, formatScore } from "../ui/format-number.ts";
import { Select } from "../ui/select.tsx";
import { Slider } from "../ui/slider.tsx";
import { Switch } from "../ui/switch.tsx";
import { SHORT_NAMES } from "./aggregate-names.ts";

interface ScorePanelProps {
  readonly run: Run;
  readonly inspection: Inspection;
  readonly aggregate: AggregateId;
  readonly settings: AggregateSettings;
}

function listWords(ids: readonly AggregateId[]): string {
  const names = ids.map((id) => SHORT_NAMES[id]);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function disagreementWords(input: AggregateInput, threshold: number): string | undefined {
  const { below, notBelow, disagrees } = disagreement(input, threshold);
  if (!disagrees) {
    return undefined;
  }
  const says = (count: number) => (count === 1 ? "says" : "say");
  const against = below.map(({ id }) => id);
  const inFavour = notBelow.map(({ id }) => id);
  return `${listWords(against)} ${says(against.length)} broken; ${listWords(inFavour)} ${says(inFavour.length)} fine.`;
}

function whyNone(run: Run, input: AggregateInput, needsTrajectory: boolean): string {
  if (input.rewards.length === 0) {
    return "no step is scored yet";
  }
  if (needsTrajectory && input.useTrajectory && input.trajectoryReward === undefined) {
    const isWhole = run.scores.every((score) => score !== undefined);
    return isWhole ? "this model has no trajectory reward" : "the trajectory reward needs every step scored";
  }
  return input.rewards.some((reward) => reward < 0)
    ? "a product needs rewards that are not below 0"
    : "both terms are off";
}

export function ScorePanel({ run, inspection, aggregate, settings }: ScorePanelProps) {
  const { scoredCount, threshold } = inspection;
  const input = aggregateInput(run, settings);
  const chosen = aggregateById(aggregate);
  const result = chosen.compute(input);
  const total = run.trace.steps.length;
  const words = disagreementWords(input, threshold);
  const highest = result?.range[1];
  return (
    <section
      aria-label="Trajectory score"
      className="flex min-w-0 flex-col gap-2 border-line px-5 py-3 max-[67.99rem]:border-t min-[68rem]:border-l"
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-34 items-baseline gap-1.5">
          <output
            data-testid="trajectory-score"
            data-value={result === undefined ? undefined : String(result.value)}
            aria-label="Trajectory score"
            className={classNames(
              "text-[32px] leading-8 tracking-[-0.03em]",
              result === undefined ? "font-normal text-ink-3" : "font-semibold",
            )}
          >
            {result === undefined ? "–" : formatScore(result.value, 3)}
          </output>
          {highest !== undefined && highest !== 1 && (
            <span className="text-xs text-ink-3">of {highest.toFixed(2)}</span>
          )}
        </div>
        <div className="flex min-w-64 flex-1 flex-col gap-1">
          <Select
            label="Trajectory score by"
            className="self-start"
            options={AGGREGATES}
            value={aggregate}
            onChange={(id) => changeView({ aggregate: id })}
          />
          <p className="text-xs text-ink-3" title={chosen.source}>
            {result === undefined ? whyNone(run, input, chosen.needsTrajectory) : chosen.formula}
            {result !== undefined && scoredCount < total
              ? `, over ${formatCount(scoredCount)} of ${formatCount(total)} steps`
              : ""}
          </p>
        </div>
      </div>
      <AggregateLine input={input} chosen={aggregate} />
      {aggregate === "reasonflux" ? (
        <ReasonfluxTerms run={run} input={input} settings={settings} />
      ) : (
        traitsOf(run).trajectory && <TrajectoryReward value={run.trajectoryReward} />
      )}
      <p className="text-xs font-medium text-ink min-[68rem]:min-h-8">
        {words !== undefined && `The aggregates disagree at the threshold: ${words}`}
      </p>
    </section>
  );
}

/** Takes the room of the terms, so that choosing an aggregate moves nothing. */
function TrajectoryReward({ value }: { readonly value: number | undefined }) {
  return (
    <p className="text-xs leading-5 text-ink-2">
      The model’s own trajectory reward is{" "}
      <span className="font-semibold text-ink">{value === undefined ? "–" : formatScore(value, 3)}</span>
    </p>
  );
}

/** Every aggregate in one line; each is also the button that chooses it. */
function AggregateLine({ input, chosen }: { readonly input: AggregateInput; readonly chosen: AggregateId }) {
  return (
    <fieldset
      aria-label="All aggregates"
      className="-ml-2 grid grid-cols-3 gap-y-1 sm:grid-cols-[repeat(5,minmax(0,1fr))_auto]"
    >
      {AGGREGATES.map(({ id, label, formula, compute }) => {
        const value = compute(input)?.value;
        return (
          <button
            key={id}
            type="button"
            aria-pressed={id === chosen}
            title={`${label}: ${formula}`}
            onClick={() => changeView({ aggregate: id })}
            className={classNames(
              "flex flex-col rounded-md px-2 py-1 text-left whitespace-nowrap",
              id === chosen ? "bg-sunken ring-1 ring-line-strong ring-inset" : "hover:bg-sunken",
            )}
          >
            <span className="caption">{SHORT_NAMES[id]}</span>
            <span className="font-semibold">{value === undefined ? "–" : formatScore(value, 2)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

type ReasonfluxTermsProps = Pick<ScorePanelProps, "run" | "settings"> & { readonly input: AggregateInput };

/** The two terms, each with its switch: turning one off shows what it contributes. */
function ReasonfluxTerms({ run, input, settings }: ReasonfluxTermsProps) {
  const { alpha, usesSteps, usesTrajectory } = settings;
  const mean = aggregateById("mean").compute(input)?.value;
  const { trajectoryReward } = run;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <Switch
        checked={usesSteps}
        label="Count the mean step reward"
        onChange={(checked) => changeView({ usesSteps: checked })}
      >
        <span>
          step mean{" "}
          <span className="font-semibold text-ink">{mean === undefined ? "–" : formatScore(mean, 3)}</span>
        </span>
      </Switch>
      <span className="flex items-center gap-x-2">
        <span aria-hidden className="text-xs text-ink-3">
          +
        </span>
        <Slider
          label="α"
          className="w-28"
          value={alpha}
          min={ALPHA.min}
          max={ALPHA.max}
          step={ALPHA.step}
          disabled={!usesTrajectory}
          onChange={(value) => changeView({ alpha: value })}
          format={(value) => value.toFixed(2)}
        />
        <span aria-hidden className="text-xs text-ink-3">
          ×
        </span>
        <Switch
          checked={usesTrajectory}
          label="Count the trajectory reward"
          onChange={(checked) => changeView({ usesTrajectory: checked })}
        >
          <span>
            trajectory{" "}
            <span className="font-semibold text-ink">
              {trajectoryReward === undefined ? "–" : formatScore(trajectoryReward, 3)}
            </span>
          </span>
        </Switch>
      </span>
    </div>
  );
}
