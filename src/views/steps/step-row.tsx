import { memo, type Ref } from "react";
import type { StepCheck } from "../../core/arithmetic/check.ts";
import type { StepLabel } from "../../core/chain-record.ts";
import type { Hit } from "../../core/find/match.ts";
import type { Span } from "../../core/find/spans.ts";
import { type StepTag, TAG_MEANINGS } from "../../core/step-tags.ts";
import type { Step, StepScore, Trace } from "../../core/trace.ts";
import type { Editing } from "../../state/view-state.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatDelta, formatProbability, isVisibleDelta, plural } from "../../ui/format-number.ts";
import type { AxisRange } from "../../ui/value-axis.ts";
import { RewardChip } from "../reward-chip.tsx";
import { LabelLine } from "../source-label.tsx";
import { ExtraScores } from "./extra-scores.tsx";
import { RenderedText } from "./rendered-text.tsx";
import { WrongSums } from "./step-check.tsx";
import { StepEditor } from "./step-editor.tsx";
import { StepTools } from "./step-tools.tsx";
import { TokenText } from "./token-text.tsx";

interface StepRowProps {
  readonly ref: Ref<HTMLLIElement>;
  /** Distance from the top of the list, in CSS pixels; undefined where rows simply follow one another. */
  readonly offset: number | undefined;
  /** The place of its row, from 0. */
  readonly place: number;
  /** Its own place among all steps, folded ones too, from 0. */
  readonly position: number;
  readonly step: Step;
  /** What its arithmetic is worth. */
  readonly check: StepCheck;
  readonly tag: StepTag;
  /** By the source of the chain, where it says anything. */
  readonly label: StepLabel | undefined;
  readonly count: number;
  readonly score: StepScore | undefined;
  readonly threshold: number;
  /** Of the model's rewards. */
  readonly range: AxisRange;
  /** Why there is no reward, when there is none. */
  readonly notScored: string | undefined;
  readonly hasLane: boolean;
  readonly opensLane: boolean;
  readonly isFirstError: boolean;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly showsHeat: boolean;
  /** Shows mathematics and code as they are written. */
  readonly showsRaw: boolean;
  /** That the model would read of it; undefined where that is not known, or it was scored. */
  readonly tokens: number | undefined;
  /** Against the reward of before an edit; undefined without one. */
  readonly change: number | undefined;
  /** Present while the step's text is a field. */
  readonly editing: Editing | undefined;
  /** The whole chain, where this step is selected and can be edited. */
  readonly editable: Trace | undefined;
  /** Present where the step meets what is looked for: where in its text. */
  readonly hits: readonly Span[] | undefined;
  /** Present where one has gone to a hit of this step. */
  readonly currentHit: Hit | undefined;
  /** Whether a long step is shown whole. */
  readonly isOpen: boolean;
  readonly onHover: (index: number | undefined) => void;
  /** `isRange`: with all steps from where one was. */
  readonly onSelect: (index: number, isRange: boolean) => void;
  readonly onOpen: (index: number, isOpen: boolean) => void;
}

/** Longer steps are cut here until they are opened; one endless step must not hide the others. */
const LONG_STEP = 900;

function rowLabel({ step, score, notScored, label, hits }: StepRowProps): string {
  const reward = score ? `reward ${formatProbability(score.reward)}` : notScored;
  const said = label === undefined ? "" : `, ${label} by its source`;
  return `Step ${step.index + 1}, ${reward}${said}${hits === undefined ? "" : ", hit"}`;
}

/** A drag over a row's text ends in a click, too: it meant the text, not the step. */
function isSelectingText(row: Element): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(row, true);
}

function RewardChange({ change }: { readonly change: number | undefined }) {
  if (change === undefined || !isVisibleDelta(change)) {
    return null;
  }
  return (
    <span
      data-testid="reward-change"
      title={`${change > 0 ? "higher" : "lower"} than before`}
      className={classNames("text-center text-2xs font-semibold", change > 0 ? "text-good" : "text-bad")}
    >
      {formatDelta(change)}
    </span>
  );
}

export const StepRow = memo(function StepRow(props: StepRowProps) {
  const {
    ref,
    offset,
    place,
    position,
    step,
    check,
    tag,
    label,
    count,
    score,
    threshold,
    range,
    notScored,
    isSelected,
    isHovered,
  } = props;
  const {
    showsHeat,
    showsRaw,
    hasLane,
    opensLane,
    isFirstError,
    tokens,
    change,
    editing,
    editable,
    onHover,
    onSelect,
    hits,
    currentHit,
    isOpen,
    onOpen,
  } = props;
  const Text = showsRaw ? TokenText : RenderedText;
  const isCut = step.text.length > LONG_STEP && !isOpen;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the number inside is a button; the row only widens its target
    <li
      ref={ref}
      data-index={place}
      data-step-index={step.index}
      data-reward={score === undefined ? undefined : String(score.reward)}
      aria-setsize={count}
      aria-posinset={position + 1}
      aria-current={isSelected ? "step" : undefined}
      data-found={hits === undefined ? undefined : currentHit === undefined ? "other" : "current"}
      onMouseEnter={() => onHover(step.index)}
      onMouseLeave={() => onHover(undefined)}
      onClick={(event) => {
        if (!isSelectingText(event.currentTarget)) {
          onSelect(step.index, event.shiftKey);
        }
      }}
      onMouseDown={(event) => {
        // Else the browser selects all text on the way.
        if (event.shiftKey) {
          event.preventDefault();
        }
      }}
      className={classNames(
        "w-full cursor-pointer border-b border-line",
        offset === undefined ? "relative break-inside-avoid" : "absolute left-0",
        isSelected ? "bg-accent-soft" : isHovered ? "bg-sunken" : "bg-surface",
      )}
      style={{ top: offset }}
    >
      {hits !== undefined && (
        <span
          aria-hidden
          data-hit={currentHit === undefined ? "other" : "current"}
          className="absolute inset-y-0 right-0 w-[3px]"
        />
      )}
      {hasLane && (
        <span
          aria-hidden
          className="absolute inset-y-0 left-0 z-2 w-[3px]"
          style={{ background: `var(--${step.lane})` }}
        />
      )}
      {opensLane && (
        // Stays at the top of the list while its row is partly above it: a name is never cut in half.
        <p
          className="sticky top-0 z-1 bg-inherit px-5 pt-2 text-2xs font-semibold"
          style={{ color: `var(--${step.lane})` }}
        >
          {step.lane === "thinking" ? "Thinking" : "Response"}
        </p>
      )}
      <div className="grid grid-cols-[28px_52px_minmax(0,1fr)] gap-x-3 px-5 py-2.5 sm:grid-cols-[28px_52px_minmax(0,1fr)_auto]">
        <button
          type="button"
          aria-label={rowLabel(props)}
          onClick={(event) => {
            event.stopPropagation();
            onSelect(step.index, event.shiftKey);
          }}
          className={classNames(
            "self-start text-right text-xs leading-5",
            isSelected ? "font-semibold text-ink" : "text-ink-3",
          )}
        >
          {step.index + 1}
        </button>
        <div className="flex flex-col gap-1">
          <RewardChip reward={score?.reward} threshold={threshold} range={range} title={notScored} />
          <RewardChange change={change} />
          <LabelLine label={label} />
          {tokens !== undefined && (
            <span className="text-center text-2xs text-ink-3" title="Tokens of this step">
              {plural(tokens, "token")}
            </span>
          )}
        </div>
        <div className="min-w-0">
          {isFirstError && <p className="mb-0.5 text-2xs font-semibold text-bad">first bad step</p>}
          {notScored !== undefined && notScored !== "waiting" && (
            <p className="mb-0.5 text-2xs text-ink-3">{notScored}</p>
          )}
          <WrongSums check={check} isHappy={score !== undefined && score.reward >= threshold} />
          <ExtraScores extra={score?.extra} />
          {editing?.kind === "edit" ? (
            <StepEditor step={step} editing={editing} />
          ) : (
            <div className={classNames(isCut && "fading max-h-[198px] overflow-hidden")}>
              <Text
                text={step.text}
                hazards={showsHeat ? score?.hazards : undefined}
                findings={check.findings}
                hits={hits}
                currentHit={currentHit?.span}
              />
            </div>
          )}
          {editing === undefined && step.text.length > LONG_STEP && (
            <button
              type="button"
              onClick={(event) => {
                event.stopPropagation();
                onOpen(step.index, !isOpen);
              }}
              // Stays on the screen, however tall its step is.
              className="sticky bottom-2 mt-1 rounded bg-inherit px-1 -mx-1 text-xs font-medium text-ink-2 underline decoration-line-strong underline-offset-[3px] hover:text-ink"
            >
              {isOpen ? "Show less" : "Show the whole step"}
            </button>
          )}
          {editing?.kind === "insert" && <StepEditor step={step} editing={editing} />}
          {editing === undefined && editable && <StepTools trace={editable} index={step.index} />}
        </div>
        <span
          data-tag={tag}
          title={TAG_MEANINGS[tag]}
          className="hidden w-14 text-right text-2xs leading-5 text-ink-3 sm:block"
        >
          {tag}
        </span>
      </div>
    </li>
  );
});
