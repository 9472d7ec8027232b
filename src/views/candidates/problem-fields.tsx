import { changeDraft } from "../../actions/look-at-candidates.ts";
import type { ChainRecord } from "../../core/chain-record.ts";
import { useCandidates } from "../../state/candidates.ts";
import { type FieldFact, goldFact, problemFact } from "../../state/draft-facts.ts";
import { plural } from "../../ui/format-number.ts";
import { TextField } from "../text-field.tsx";

interface ProblemFieldsProps {
  /** The chains that would be scored. */
  readonly records: readonly ChainRecord[];
  /** What is wrong with the problem. */
  readonly error: string | undefined;
}

/** What stands beside the name of a field that the chains fill themselves; empty for the person's own. */
function asideWords(fact: FieldFact): string {
  switch (fact.kind) {
    case "own":
      return fact.except === 0 ? "" : `${plural(fact.except, "chain")} bring their own`;
    case "given":
    case "judged":
      return "from the data";
    case "several":
      return `${fact.count} of them, from the data`;
  }
}

/** What the candidates answer, and what the right answer is: as the chains bring it, else as it is typed. */
export function ProblemFields({ records, error }: ProblemFieldsProps) {
  const draft = useCandidates((state) => state.draft);
  const problem = problemFact(records);
  const gold = goldFact(records);
  return (
    <div className="flex flex-col gap-4">
      <TextField
        label="Problem of the candidates"
        value={shown(problem, draft.problem)}
        isReadOnly={problem.kind !== "own"}
        onChange={(text) => changeDraft({ problem: text })}
        rows={4}
        placeholder={
          problem.kind === "several"
            ? "Each chain answers a problem of its own"
            : "The question that all of them answer"
        }
        error={error}
        aside={<Aside fact={problem} />}
      />
      <label className="flex flex-col gap-1.5 text-sm font-medium">
        <span className="flex items-baseline justify-between gap-3">
          Right answer
          <Aside fact={gold} />
        </span>
        <input
          aria-label="Right answer"
          value={shown(gold, draft.gold)}
          readOnly={gold.kind !== "own"}
          onChange={(event) => changeDraft({ gold: event.target.value })}
          placeholder={goldPlaceholder(gold)}
          spellCheck={false}
          className="h-8 w-full rounded-md border border-line-strong bg-surface px-3 text-sm font-normal placeholder:text-ink-3 read-only:bg-sunken not-read-only:hover:border-ink-3"
        />
      </label>
    </div>
  );
}

function shown(fact: FieldFact, own: string): string {
  return fact.kind === "own" ? own : fact.kind === "given" ? fact.text : "";
}

function goldPlaceholder({ kind }: FieldFact): string {
  switch (kind) {
    case "several":
      return "each problem has its own";
    case "judged":
      return "none needed: every chain is marked right or wrong";
    case "own":
    case "given":
      return "optional, e.g. 60 or \\frac{1}{2}";
  }
}

function Aside({ fact }: { readonly fact: FieldFact }) {
  const words = asideWords(fact);
  return words === "" ? null : <span className="truncate text-xs font-normal text-ink-3">{words}</span>;
}
