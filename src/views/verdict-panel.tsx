import { History } from "lucide-react";
import { select } from "../actions/navigate.ts";
import { goToDisagreement } from "../actions/read-chain.ts";
import type { ChainRecord } from "../core/chain-record.ts";
import type { GhostView } from "../state/ghost.ts";
import { type Inspection, traitsOf } from "../state/inspection.ts";
import type { Reading } from "../state/reading.ts";
import { isUnderWay, type Run } from "../state/runs.ts";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { formatCount } from "../ui/format-number.ts";
import { Slider } from "../ui/slider.tsx";
import { useActionContext } from "./action-context.ts";
import { CandidateLine } from "./candidate-line.tsx";
import { sourceWords } from "./collection-words.ts";
import { GhostLine } from "./ghost-line.tsx";
import { PinButton } from "./pin-button.tsx";
import { disagreementSentence, wrongsSentence } from "./reading-words.ts";
import { startScore } from "./start-score.ts";
import { useStale } from "./use-stale.ts";
import { formatThreshold, verdictSentence } from "./verdict-words.ts";

interface VerdictPanelProps {
  readonly run: Run;
  readonly inspection: Inspection;
  readonly ghost: GhostView | undefined;
  readonly reading: Reading;
  /** Where the chain came from. */
  readonly record: ChainRecord | undefined;
  /** In force; undefined while no model is loaded that has one. */
  readonly threshold: number | undefined;
  /** The model's own. */
  readonly ownThreshold: number | undefined;
  readonly onThreshold: (threshold: number | undefined) => void;
}

const THRESHOLD_STEP = 0.01;

function verdictText(run: Run, { scoredCount, rewards, threshold }: Inspection): string {
  if (run.status === "waiting") {
    return "Waiting for the model.";
  }
  return run.status === "running" && scoredCount === 0
    ? "Scoring the first steps."
    : verdictSentence(rewards, threshold);
}

export function VerdictPanel(props: VerdictPanelProps) {
  const { run, inspection, reading, ghost, record, threshold, ownThreshold, onThreshold } = props;
  const { firstError, scoredCount, verdictStep: target } = inspection;
  const stale = useStale(run);
  const [low, high] = traitsOf(run).range;
  return (
    <section aria-label="Verdict" className="flex min-w-0 flex-col gap-2 px-5 py-3">
      <CandidateLine run={run} />
      <div aria-live={isUnderWay(run) ? "off" : "polite"}>
        <button
          type="button"
          data-testid="verdict"
          data-first-error={scoredCount > 0 ? firstError : undefined}
          disabled={target === undefined}
          onClick={() => target !== undefined && select(target, "verdict")}
          className="text-left text-xl leading-7 [@media(height<800px)]:text-lg [@media(height<800px)]:leading-6 font-semibold tracking-[-0.015em] text-pretty underline decoration-transparent underline-offset-4 hover:enabled:decoration-line-strong"
        >
          {verdictText(run, inspection)}
        </button>
      </div>
      {ghost && stale === undefined && <GhostLine run={run} ghost={ghost} inspection={inspection} />}
      {/* The notice takes the place of the words, which keep their room: nothing below moves. */}
      <div className="grid min-h-7 items-start *:[grid-area:1/1]">
        <Remarks
          run={run}
          reading={reading}
          badCount={inspection.bad.length}
          sourceSays={record && sourceWords(record, run.trace.steps.length)}
          isHidden={stale !== undefined}
        />
        {stale && <StaleNotice run={run} stale={stale} />}
      </div>
      <div className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-1">
        <Slider
          label="Bad below"
          className="min-w-48 max-w-80 flex-1"
          value={threshold ?? 0}
          min={low}
          max={high}
          step={THRESHOLD_STEP}
          disabled={threshold === undefined}
          onChange={onThreshold}
          format={(value) => (threshold === undefined ? "–" : formatThreshold(value))}
        />
        {ownThreshold !== undefined && threshold !== ownThreshold && (
          <Button kind="link" className="text-xs" onClick={() => onThreshold(undefined)}>
            Back to the model’s {formatThreshold(ownThreshold)}
          </Button>
        )}
        <span className="-mr-2 ml-auto">
          <PinButton run={run} />
        </span>
      </div>
    </section>
  );
}

interface RemarksProps {
  readonly run: Run;
  readonly reading: Reading;
  readonly badCount: number;
  /** What the source of the chain says about it. */
  readonly sourceSays: string | undefined;
  readonly isHidden: boolean;
}

/** One paragraph, however much there is to say: what lies below is not to move. */
function Remarks({ run, reading, badCount, sourceSays, isHidden }: RemarksProps) {
  const { wrongs, disagreements, checks } = reading;
  const dispute = disagreementSentence(disagreements, checks);
  return (
    <p className={classNames("text-sm text-ink-2 [@media(height<800px)]:text-xs", isHidden && "invisible")}>
      {run.isBack === true && "The earlier scores are shown: scoring again was stopped. "}
      {badCount > 1 ? `${formatCount(badCount)} steps are below the threshold. ` : ""}
      <span data-testid="wrongs">{wrongsSentence(wrongs)}</span> <Dispute sentence={dispute} />{" "}
      {run.example === undefined ? "" : "Scored beforehand by the embedded model."}
      {run.note}
      {sourceSays !== undefined && ` ${sourceSays}`}
    </p>
  );
}

/** The sentence with its step as a button: a button around it all could not break over lines. */
function Dispute({ sentence }: { readonly sentence: string }) {
  const [before = "", step = "", after = ""] = sentence.split(/(step \d+)/);
  return (
    <span data-testid="disagreement">
      {before}
      {step !== "" && (
        <button
          type="button"
          onClick={() => goToDisagreement("verdict")}
          className="underline decoration-line-strong underline-offset-[3px] hover:text-ink"
        >
          {step}
        </button>
      )}
      {after}
    </span>
  );
}

/** Says that the fields and the results have parted, and offers to join them. */
const STALE_WORDS = {
  text: {
    live: "This run scores the earlier text.",
    ended: "These results belong to the earlier text.",
  },
  model: {
    live: "This run is by the model that was in use before.",
    ended: "These results belong to the model that was in use before.",
  },
} as const;

interface StaleNoticeProps {
  readonly run: Run;
  readonly stale: keyof typeof STALE_WORDS;
}

function StaleNotice({ run, stale }: StaleNoticeProps) {
  const ctx = useActionContext();
  return (
    <p
      role="status"
      className="flex min-h-7 items-center gap-2 rounded-md bg-sunken px-2 py-1 text-xs text-ink-2"
    >
      <History aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1">{STALE_WORDS[stale][isUnderWay(run) ? "live" : "ended"]}</span>
      <Button kind="link" className="text-xs" onClick={() => startScore(ctx)}>
        {isUnderWay(run) ? "Score this one instead" : "Score again"}
      </Button>
    </p>
  );
}
