import { TriangleAlert } from "lucide-react";
import type { FileReport } from "../../core/intake.ts";
import { Disclosure } from "../../ui/disclosure.tsx";
import { plural } from "../../ui/format-number.ts";
import { problemCountWords, problemWords } from "../collection-words.ts";

/** The rows that gave no chain, and why. */
export function ReadingProblems({ reports }: { readonly reports: readonly FileReport[] }) {
  const words = problemCountWords(reports);
  if (words === undefined) {
    return null;
  }
  return (
    <Disclosure
      title={
        <span className="flex items-center gap-1.5 text-xs">
          <TriangleAlert aria-hidden className="size-3.5 text-bad" />
          {words}
        </span>
      }
    >
      {() => <ProblemList reports={reports} />}
    </Disclosure>
  );
}

function ProblemList({ reports }: { readonly reports: readonly FileReport[] }) {
  const isOneFile = reports.length === 1;
  const listed = reports.flatMap(({ name, problems }) =>
    problems.map((problem) => problemWords(problem, isOneFile ? undefined : name)),
  );
  const more = reports.reduce((sum, { problemCount }) => sum + problemCount, 0) - listed.length;
  return (
    <ul
      aria-label="Rows that could not be read"
      className="flex max-h-40 flex-col gap-0.5 overflow-y-auto pl-5 text-xs text-ink-2"
    >
      {listed.map((words, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered, and two rows may say the same
        <li key={place} className="break-words">
          {words}
        </li>
      ))}
      {more > 0 && <li>and {plural(more, "row")} more</li>}
    </ul>
  );
}
