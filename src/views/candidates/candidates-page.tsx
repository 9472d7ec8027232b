import { useMemo } from "react";
import { showProblem } from "../../actions/look-at-candidates.ts";
import { changeView } from "../../actions/navigate.ts";
import { AGGREGATES, type AggregateId } from "../../core/aggregate/index.ts";
import { accuracyOf, type Entry, entriesOf, problemsOf } from "../../state/best-of.ts";
import { type Candidate, isBatchUnderWay, useCandidates } from "../../state/candidates.ts";
import { aggregateById, aggregateOf } from "../../state/inspection.ts";
import { useAggregateSettings, useView } from "../../state/view-state.ts";
import { Select } from "../../ui/select.tsx";
import { BatchLine } from "../batch-line.tsx";
import { AccuracyChart } from "./accuracy-chart.tsx";
import { CandidateTable } from "./candidate-table.tsx";
import { DistributionPanel } from "./distribution-panel.tsx";
import { DraftForm } from "./draft-form.tsx";
import { JudgementNotes } from "./judgement-notes.tsx";
import { openInInspector } from "./open-in-inspector.ts";
import { RehearsalPanel } from "./rehearsal-panel.tsx";
import { TreePanel } from "./tree-panel.tsx";
import { Winners } from "./winners.tsx";

/** Many chains of one problem: which of them the model would take, and why. */
export function CandidatesPage() {
  return (
    <section
      aria-labelledby="candidates-heading"
      className="mx-auto flex w-full max-w-[1120px] flex-col gap-6 px-4 py-6 sm:px-6"
    >
      <div className="flex max-w-[66ch] flex-col gap-2">
        <h2 id="candidates-heading" className="text-[22px] leading-8 font-semibold tracking-[-0.015em]">
          Best of N
        </h2>
        <p className="text-base text-ink-2 print:hidden">
          Put several chains for one problem side by side: which one the rewards choose, which answer the
          votes choose, and where the others left the winner.
        </p>
      </div>
      <DraftForm />
      <BatchLine />
      <Results />
    </section>
  );
}

const LONGEST_PROBLEM = 80;
/** With more candidates, drawing all that follows from them after each score would take longer than scoring them. */
const MOST_LIVE = 24;

function Results() {
  const all = useCandidates((state) => state.all);
  const gold = useCandidates((state) => state.draft.gold);
  const shownProblem = useCandidates((state) => state.shownProblem);
  const isUnderWay = useCandidates(isBatchUnderWay);
  const chosen = useView((state) => state.aggregate);
  const everything = useEntries(all, gold);
  const problems = useMemo(() => problemsOf(all), [all]);
  const problem = shownProblem !== undefined && problems.includes(shownProblem) ? shownProblem : problems[0];
  const entries = useMemo(
    () => everything.filter(({ candidate }) => candidate.run.trace.problem === problem),
    [everything, problem],
  );
  const scored = entries.find(({ scoredCount }) => scoredCount > 0) ?? entries[0];
  const aggregate = scored && aggregateOf(chosen, scored.candidate.run);
  if (aggregate === undefined) {
    return null;
  }
  return (
    <>
      {/* On paper, in place of the fields. */}
      <div className="hidden flex-col gap-1 text-base print:flex">
        <p className="whitespace-pre-wrap">{problem}</p>
        {gold.trim() !== "" && <p className="text-ink-2">Right answer: {gold}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        {problems.length > 1 && (
          <Select
            label={`Problem, one of ${problems.length}`}
            className="max-w-full print:hidden"
            options={problems.map((text, index) => ({
              id: text,
              label: `${index + 1}. ${text.slice(0, LONGEST_PROBLEM)}`,
            }))}
            value={problem ?? ""}
            onChange={showProblem}
          />
        )}
        <Select
          label="Choose by"
          options={AGGREGATES}
          value={aggregate}
          onChange={(id) => changeView({ aggregate: id })}
        />
      </div>
      <Winners entries={entries} aggregate={aggregate} onOpen={openInInspector} />
      <JudgementNotes entries={entries} gold={gold} />
      <CandidateTable entries={entries} aggregate={aggregate} />
      {isUnderWay && all.length > MOST_LIVE ? (
        <p className="text-sm text-ink-3">The charts and the tree follow when the batch has ended.</p>
      ) : (
        <Charts entries={entries} everything={everything} aggregate={aggregate} />
      )}
    </>
  );
}

/** The entries of all candidates; those that nothing happened to stay the same objects, for rows that are memoised. */
function useEntries(all: readonly Candidate[], gold: string): readonly Entry[] {
  const settings = useAggregateSettings();
  // One for each set of settings: entries of others are not the same.
  const update = useMemo(() => {
    let last: readonly Entry[] = [];
    return (candidates: readonly Candidate[]) => {
      last = entriesOf(candidates, settings, gold, last);
      return last;
    };
  }, [settings, gold]);
  return useMemo(() => update(all), [update, all]);
}

interface ChartsProps {
  /** Of the problem that is shown. */
  readonly entries: readonly Entry[];
  /** Of all problems. */
  readonly everything: readonly Entry[];
  readonly aggregate: AggregateId;
}

function Charts({ entries, everything, aggregate }: ChartsProps) {
  const points = useMemo(() => accuracyOf(entries, aggregate), [entries, aggregate]);
  return (
    <>
      <AccuracyChart points={points} aggregateLabel={aggregateById(aggregate).label} />
      {/* Another problem has another tree, in which nothing has been pointed at yet. */}
      <TreePanel key={entries[0]?.candidate.run.trace.problem} entries={entries} aggregate={aggregate} />
      <DistributionPanel entries={everything} aggregate={aggregate} />
      <RehearsalPanel entries={entries} aggregate={aggregate} />
    </>
  );
}
