import { TriangleAlert } from "lucide-react";
import type { AggregateId } from "../../core/aggregate/index.ts";
import type { Choice, ChoiceRule } from "../../core/best-of/vote.ts";
import { choiceByAggregate, choicesOf, type Entry } from "../../state/best-of.ts";
import { formatScore, plural } from "../../ui/format-number.ts";
import { SHORT_NAMES } from "../aggregate-names.ts";
import { CorrectMark } from "./correct-mark.tsx";

interface WinnersProps {
  readonly entries: readonly Entry[];
  readonly aggregate: AggregateId;
  readonly onOpen: (place: number) => void;
}

const RULES = [
  { rule: "naive", label: "Highest score", hint: "Naive: the candidate with the highest trajectory score" },
  {
    rule: "weighted",
    label: "Weighted vote",
    hint: "The answer whose candidates have the highest sum of trajectory scores",
  },
  { rule: "majority", label: "Majority", hint: "The answer that most candidates give" },
] as const satisfies readonly { rule: ChoiceRule; label: string; hint: string }[];

const SCORE_DIGITS = 3;

function valueWords({ rule, value }: Choice): string {
  switch (rule) {
    case "naive":
      return `score ${formatScore(value, SCORE_DIGITS)}`;
    case "weighted":
      return `sum ${formatScore(value, SCORE_DIGITS)}`;
    case "majority":
      return plural(value, "vote");
  }
}

function marginWords({ rule, margin }: Choice): string {
  const other = rule === "naive" ? "candidate" : "answer";
  if (margin === undefined) {
    return `no other ${other}`;
  }
  if (margin === 0) {
    return `a tie with another ${other}`;
  }
  return `${rule === "majority" ? plural(margin, "vote") : formatScore(margin, SCORE_DIGITS)} ahead of the next ${other}`;
}

function emptyWords(rule: ChoiceRule): string {
  return rule === "naive" ? "no candidate is scored" : "no scored candidate states an answer";
}

/** What each way of choosing takes, side by side, and whether the choice hangs on the aggregate. */
export function Winners({ entries, aggregate, onOpen }: WinnersProps) {
  const choices = choicesOf(entries, aggregate);
  const groups = choiceByAggregate(entries);
  const unranked = entries.filter(({ scores }) => scores[aggregate] === undefined).length;
  const answers = new Set(
    RULES.flatMap(({ rule }) => {
      const choice = choices[rule];
      return choice === undefined ? [] : [choice.answer];
    }),
  );
  return (
    <section aria-label="Winners" className="flex flex-col gap-3">
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        {RULES.map(({ rule, label, hint }) => (
          <li
            key={rule}
            data-testid={`winner-${rule}`}
            title={hint}
            className="flex min-w-0 flex-col gap-1 rounded-lg border border-line bg-raised px-4 py-3"
          >
            <h3 className="caption">{label}</h3>
            <WinnerBody rule={rule} choice={choices[rule]} entries={entries} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-1 text-sm text-ink-2 empty:hidden">
        {answers.size > 1 && <Flag>The three ways do not agree on the answer.</Flag>}
        {groups.length > 1 && (
          <Flag>
            The highest score depends on the aggregate:{" "}
            {groups
              .map(
                ({ winner, aggregates }) =>
                  `${aggregates.map((id) => SHORT_NAMES[id]).join(", ")} ${aggregates.length === 1 ? "takes" : "take"} #${numberOf(entries, winner)}`,
              )
              .join("; ")}
            .
          </Flag>
        )}
        {unranked > 0 && unranked < entries.length && (
          <p className="text-xs text-ink-3">
            {plural(unranked, "candidate")} without a whole score {unranked === 1 ? "is" : "are"} not counted.
          </p>
        )}
      </div>
    </section>
  );
}

function Flag({ children }: { readonly children: React.ReactNode }) {
  return (
    <p className="flex items-start gap-1.5">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-bad" />
      <span>{children}</span>
    </p>
  );
}

function numberOf(entries: readonly Entry[], index: number): number {
  return (entries[index]?.place ?? 0) + 1;
}

interface WinnerBodyProps {
  readonly rule: ChoiceRule;
  readonly choice: Choice | undefined;
  readonly entries: readonly Entry[];
  readonly onOpen: (place: number) => void;
}

function WinnerBody({ rule, choice, entries, onOpen }: WinnerBodyProps) {
  const entry = choice && entries[choice.winner];
  if (choice === undefined || entry === undefined) {
    return <p className="text-sm text-ink-3">{emptyWords(rule)}</p>;
  }
  return (
    <>
      <p className="flex min-w-0 items-baseline gap-2">
        <span className="truncate text-xl leading-7 font-semibold tracking-[-0.015em]">
          {entry.answer?.text ?? <span className="font-normal text-ink-3">no answer found</span>}
        </span>
        <CorrectMark isCorrect={entry.isCorrect} />
      </p>
      <p className="text-xs text-ink-2">
        <button
          type="button"
          onClick={() => onOpen(entry.place)}
          className="underline decoration-line-strong underline-offset-[3px] hover:text-ink"
        >
          candidate #{entry.place + 1}
        </button>
        , {valueWords(choice)}
      </p>
      <p className="text-xs text-ink-3">{marginWords(choice)}</p>
    </>
  );
}
