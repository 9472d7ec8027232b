import { ChevronDown, ChevronUp, CircleQuestionMark, type LucideIcon, Search, X } from "lucide-react";
import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { endFind, moveHit, setQuery } from "../../actions/find.ts";
import { type Found, type Hit, MOST_HITS, placeOfHit } from "../../core/find/match.ts";
import { LONGEST_QUERY, unknownFilter } from "../../core/find/query.ts";
import { type FindOutcome, findStore, useFind } from "../../state/find.ts";
import { formatCount, plural } from "../../ui/format-number.ts";
import { useActionContext } from "../action-context.ts";
import { FindHelp } from "./find-help.tsx";
import { comeBack, placeOf } from "./list-place.ts";

interface FindBandProps {
  readonly outcome: FindOutcome;
  /** What scrolls the steps. */
  readonly list: RefObject<HTMLDivElement | null>;
}

/** Above the list while one looks for something: what is looked for, how often it is there, and the way to it. */
export function FindBand({ outcome, list }: FindBandProps) {
  const ctx = useActionContext();
  const query = useFind((state) => state.query);
  const asked = useFind((state) => state.asked);
  const current = useFind((state) => state.current);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const messageId = useId();
  const helpId = useId();
  useEffect(() => {
    const element = list.current;
    const place = element === null ? undefined : placeOf(element);
    return () => {
      if (element !== null && place !== undefined && findStore.getState().isBack) {
        comeBack(element, place);
      }
    };
  }, [list]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  useEffect(() => {
    if (!isHelpOpen) {
      return;
    }
    // Before the field and the page take it: they close more than the help.
    const closeHelp = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing) {
        event.preventDefault();
        event.stopPropagation();
        setIsHelpOpen(false);
      }
    };
    document.addEventListener("keydown", closeHelp, true);
    return () => document.removeEventListener("keydown", closeHelp, true);
  }, [isHelpOpen]);
  const isWrong = outcome.kind === "problem";
  const hasHits = outcome.kind === "found" && outcome.found.hits.length > 0;
  return (
    <search aria-label="Find in the steps" className="relative border-b border-line bg-sunken px-5 py-1.5">
      <div className="flex min-w-0 items-center gap-2">
        <span className="relative min-w-0 flex-1">
          <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-ink-3" />
          <input
            ref={field}
            type="text"
            aria-label="Find"
            aria-invalid={isWrong}
            aria-describedby={messageId}
            placeholder="Text, /regex/, score<0.4, sum:wrong …"
            autoComplete="off"
            spellCheck={false}
            maxLength={LONGEST_QUERY}
            value={query}
            onChange={(event) => setQuery(ctx, event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) {
                return;
              }
              if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
                event.preventDefault();
                moveHit(event.shiftKey ? -1 : 1);
              } else if (event.key === "Escape") {
                event.stopPropagation();
                endFind(true);
              }
            }}
            className="h-7 w-full rounded-md border border-line-strong bg-raised pr-2 pl-7 text-sm text-ink placeholder:text-ink-3 aria-invalid:border-bad"
          />
        </span>
        {/* Said aloud by the paragraph below. */}
        <span aria-hidden className="shrink-0 text-xs text-ink-2 max-sm:hidden">
          {countWords(outcome, current, query)}
        </span>
        <span className="flex shrink-0 items-center">
          <BandButton
            icon={ChevronUp}
            label="Previous hit"
            keys="Shift+Enter"
            isDisabled={!hasHits}
            onClick={() => moveHit(-1)}
          />
          <BandButton
            icon={ChevronDown}
            label="Next hit"
            keys="Enter"
            isDisabled={!hasHits}
            onClick={() => moveHit(1)}
          />
          <BandButton
            icon={CircleQuestionMark}
            label="What can be looked for"
            expands={isHelpOpen}
            controls={helpId}
            onClick={() => setIsHelpOpen(!isHelpOpen)}
          />
          <BandButton icon={X} label="Close find, stay here" onClick={() => endFind(false)} />
        </span>
      </div>
      {/* On a phone the count has a line of its own. */}
      <p
        id={messageId}
        aria-live="polite"
        className={isWrong ? "pt-1 text-xs text-bad" : "text-xs text-ink-2 sm:sr-only max-sm:pt-1"}
      >
        {isWrong ? outcome.problem : countWords(outcome, current, query)}
      </p>
      {isHelpOpen && <FindHelp id={helpId} />}
    </search>
  );
}

/** "3 of 12 in 7 steps"; before one has gone to a hit "12 in 7 steps". */
function countWords(outcome: FindOutcome, current: Hit | undefined, query: string): string {
  switch (outcome.kind) {
    case "nothing":
    case "problem":
      return "";
    case "searching":
      return "looking …";
    case "found":
      return foundWords(outcome.found, current, query);
  }
}

function foundWords({ hits, spans, isCut }: Found, current: Hit | undefined, query: string): string {
  if (hits.length === 0) {
    const filter = unknownFilter(query);
    return filter === undefined ? "no hits" : `no hits; ${filter}: is an unknown filter`;
  }
  const place = current === undefined ? -1 : placeOfHit(hits, current);
  const all = isCut ? `more than ${formatCount(MOST_HITS)}` : formatCount(hits.length);
  const where = hits.length === spans.size ? "" : ` in ${plural(spans.size, "step")}`;
  return place < 0
    ? `${isCut ? all : plural(hits.length, "hit")}${where}`
    : `${formatCount(place + 1)} of ${all}${where}`;
}

interface BandButtonProps {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Also said on the button's title. */
  readonly keys?: string;
  readonly isDisabled?: boolean;
  /** For a button that opens something: whether it is open, and its id. */
  readonly expands?: boolean;
  readonly controls?: string;
  readonly onClick: () => void;
}

function BandButton({ icon: Icon, label, keys, isDisabled, expands, controls, onClick }: BandButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-expanded={expands}
      aria-controls={expands === true ? controls : undefined}
      title={keys === undefined ? label : `${label} (${keys})`}
      disabled={isDisabled}
      onClick={onClick}
      className="grid size-7 place-items-center rounded text-ink-3 hover:bg-line hover:text-ink disabled:opacity-40 aria-expanded:bg-line aria-expanded:text-ink"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
