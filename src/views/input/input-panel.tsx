import { Play, Square, Undo2 } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef } from "react";
import { clearAll } from "../../actions/clear-all.ts";
import { editText, leaveField } from "../../actions/edit-text.ts";
import { bringBackText } from "../../actions/put-text.ts";
import { stopScoring } from "../../actions/score.ts";
import { takeIfData, typeText } from "../../actions/take-text.ts";
import { TAG_NAMES } from "../../core/lane-tags.ts";
import type { LaneSplit } from "../../core/lanes.ts";
import type { TokenCount } from "../../core/scorer.ts";
import { STRATEGIES, segmentTrace } from "../../core/segment/index.ts";
import { isEmbedded, useModelChoice } from "../../state/model-choice.ts";
import { isUnderWay, useRun } from "../../state/runs.ts";
import { useTokenCount } from "../../state/token-count.ts";
import { useView } from "../../state/view-state.ts";
import { type Source, sourceOf, useWorkspace } from "../../state/workspace.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { formatCount, plural } from "../../ui/format-number.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { Select } from "../../ui/select.tsx";
import { useActionContext } from "../action-context.ts";
import { DelimiterField } from "../delimiter-field.tsx";
import { RunProgressLine } from "../run-progress.tsx";
import { startScore } from "../start-score.ts";
import { TextField } from "../text-field.tsx";
import { EngineCard } from "./engine-card.tsx";
import { ModelLimits } from "./model-limits.tsx";
import { SourceBar } from "./source-bar.tsx";

const MISSING_WORDS = { problem: "Enter a problem.", chain: "Enter a chain of thought." } as const;

/** How thinking and response were told apart, where that is not plain to see. */
function detectionWords({ detection, tags = "think" }: LaneSplit): string {
  const { open, close } = TAG_NAMES[tags];
  switch (detection) {
    case "missing-open":
      return ` (the opening ${open} is missing, so all before ${close} is thinking)`;
    case "unclosed":
      return ` (${open} is never closed, so all after it is thinking)`;
    case "tags":
    case "none":
      return "";
  }
}

/** How much of the context the input takes, and whether all of it fits. */
function tokenWords({ steps, total, context }: TokenCount, stepCount: number): string {
  const left = stepCount - steps.length;
  return left > 0
    ? `of which ${formatCount(left)} do not fit the ${formatCount(context)} tokens of the model`
    : `${formatCount(total)} of ${formatCount(context)} tokens`;
}

/** What the chain will be cut into, said before anything is scored. */
function SplitPreview({ source }: { readonly source: Source }) {
  const deferred = useDeferredValue(source);
  const tokens = useTokenCount(deferred);
  const { steps, split } = useMemo(() => segmentTrace(deferred), [deferred]);
  if (steps.length === 0) {
    return null;
  }
  const thinking = steps.filter((step) => step.lane === "thinking").length;
  const lanes = thinking > 0 ? `: ${thinking} thinking, ${steps.length - thinking} response` : "";
  return (
    <p className="flex items-baseline justify-between gap-3 text-xs text-ink-3">
      <span>
        <span>
          {plural(steps.length, "step")}
          {lanes}
          {detectionWords(split)}
        </span>
        {tokens && <span>, {tokenWords(tokens, steps.length)}</span>}
        {deferred.own.length > 0 && (
          <>
            , cut by hand.{" "}
            <Button
              kind="link"
              className="text-xs text-ink-2"
              title="Drops the cuts made by hand and splits the whole chain by the rule again"
              onClick={() => editText({ strategy: deferred.strategy })}
            >
              Re-split by the rule
            </Button>
          </>
        )}
      </span>
      <Button kind="link" className="shrink-0 text-xs text-ink-2" onClick={clearAll}>
        Clear
      </Button>
    </p>
  );
}

interface ScoreButtonProps {
  readonly isRunning: boolean;
  /** Beside the button that scores many chains. */
  readonly isApart: boolean;
}

/**
 * One button for both, so that it keeps the focus. It is no submit button: React would turn Stop into
 * one inside the very click that stops, and the browser would then submit.
 */
function ScoreButton({ isRunning, isApart }: ScoreButtonProps) {
  const ctx = useActionContext();
  const Icon = isRunning ? Square : Play;
  const wasRunning = useRef(false);
  return (
    <Button
      kind="primary"
      className="flex-1"
      onPointerDown={() => {
        wasRunning.current = isRunning;
      }}
      title={isRunning ? "Keeps what is scored" : "Ctrl+Enter"}
      icon={<Icon aria-hidden className="size-3.5 fill-current" />}
      onClick={(event) => {
        if (!isRunning) {
          startScore(ctx);
        } else if (event.detail === 0 || (event.detail < 2 && wasRunning.current)) {
          // Neither the second half of a double click on Score is meant to stop it, nor the end of a press whose
          // beginning took what was typed into a step, and had it scored.
          stopScoring();
        }
      }}
    >
      {isRunning ? "Stop" : isApart ? "Score the single chain" : "Score"}
    </Button>
  );
}

export function InputPanel() {
  const ctx = useActionContext();
  const workspace = useWorkspace((state) => state);
  const { problem, chain, strategy, delimiter, own, missing, refusals, example, replaced } = workspace;
  const isRunning = useRun(isUnderWay);
  const isApart = useView(({ cover }) => cover === "candidates");
  const hasEmbedded = useModelChoice(isEmbedded);
  const source = useMemo(
    () => sourceOf({ problem, chain, strategy, delimiter, own }),
    [problem, chain, strategy, delimiter, own],
  );
  const problemRef = useRef<HTMLTextAreaElement>(null);
  const chainRef = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // Moves the focus to the field a Score found empty, each time it does.
    if (refusals > 0 && (missing === "problem" || missing === "chain")) {
      (missing === "problem" ? problemRef : chainRef).current?.focus();
    }
  }, [missing, refusals]);
  const chosen = STRATEGIES.find(({ id }) => id === strategy);
  return (
    <form
      aria-label="Input"
      className="flex flex-col gap-4 px-4 py-4 md:grid md:grid-cols-2 md:grid-rows-[auto_auto] xl:flex xl:min-h-0 xl:flex-1 xl:overflow-y-auto"
      onSubmit={(event) => {
        event.preventDefault();
        startScore(ctx);
      }}
    >
      <SourceBar source={source} />
      {/* Where many chains are put in, the fields of one would come first on a narrow page. */}
      <div className={isApart ? "hidden xl:contents" : "contents"}>
        <TextField
          ref={problemRef}
          label={isApart ? "Problem of the single chain" : "Problem"}
          value={problem}
          onChange={(text) => typeText("problem", text)}
          onLeave={leaveField}
          rows={5}
          placeholder="The question the chain answers"
          error={missing === "problem" ? MISSING_WORDS.problem : undefined}
          aside={example && <span className="truncate text-xs text-ink-3">Example: {example.title}</span>}
        />
        <TextField
          ref={chainRef}
          label={isApart ? "Single chain of thought" : "Chain of thought"}
          value={chain}
          onChange={(text) => typeText("chain", text)}
          onLeave={leaveField}
          onPasteWhole={(text) => takeIfData(ctx, text)}
          rows={10}
          grows
          placeholder={"Paste the whole output, thinking and response:\n\n<think>\n…\n</think>\n\n…"}
          error={missing === "chain" ? MISSING_WORDS.chain : undefined}
          aside={
            replaced && (
              <Button
                kind="link"
                className="text-xs"
                icon={<Undo2 aria-hidden className="size-3" />}
                onClick={bringBackText}
              >
                Bring back my text
              </Button>
            )
          }
        />
        <div className="flex flex-col gap-3 md:order-last">
          <div className="flex flex-col gap-1.5" title={chosen?.description}>
            <Select
              label="Steps end at"
              options={STRATEGIES}
              value={strategy}
              onChange={(id) => editText({ strategy: id })}
            />
            {strategy === "delimiter" && (
              <DelimiterField value={delimiter} onChange={(text) => editText({ delimiter: text })} />
            )}
            <SplitPreview source={source} />
          </div>
        </div>
      </div>
      <div className="flex flex-col gap-3 md:order-last">
        <div className={classNames("flex items-center gap-3", isApart && "max-xl:hidden")}>
          <ScoreButton isRunning={isRunning} isApart={isApart} />
          <span aria-hidden className="hidden items-center gap-1 sm:flex">
            <Kbd>Ctrl</Kbd>
            <Kbd>Enter</Kbd>
          </span>
        </div>
        <RunProgressLine />
        <EngineCard />
        {hasEmbedded && <ModelLimits />}
      </div>
    </form>
  );
}
