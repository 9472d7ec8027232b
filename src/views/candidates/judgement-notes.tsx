import { TriangleAlert } from "lucide-react";
import { contradictionsOf, type Entry, unreadCount } from "../../state/best-of.ts";
import { plural } from "../../ui/format-number.ts";

interface JudgementNotesProps {
  readonly entries: readonly Entry[];
  /** The reference answer of the fields. */
  readonly gold: string;
}

/** Named at most: with more of them the sentence would be a list. */
const MOST_NAMED = 3;

/** What keeps right and wrong from being told of every candidate, in sentences; nothing where nothing does. */
export function JudgementNotes({ entries, gold }: JudgementNotesProps) {
  const unread = unreadCount(entries, gold);
  const contradictions = contradictionsOf(entries);
  const named = contradictions.slice(0, MOST_NAMED);
  return (
    <div className="flex flex-col gap-1 text-sm text-ink-2 empty:hidden">
      {unread > 0 && (
        <p data-testid="unread">
          No answer could be found in {unread} of {plural(entries.length, "candidate")}: whether{" "}
          {unread === 1 ? "it is right is" : "they are right is"} not known, and accuracy, distributions and
          groups leave {unread === 1 ? "it" : "them"} out.
        </p>
      )}
      {named.length > 0 && (
        <p data-testid="contradictions" className="flex items-start gap-1.5">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-bad" />
          <span>
            The data calls the same answer right and wrong:{" "}
            {named
              .map(({ answer, right, wrong }) => `${answer} right in ${right} and wrong in ${wrong}`)
              .join("; ")}
            {contradictions.length > named.length && `, and ${contradictions.length - named.length} more`}.
            Every chain counts as it is marked, and an answer by the share of its chains that are right.
          </span>
        </p>
      )}
    </div>
  );
}
