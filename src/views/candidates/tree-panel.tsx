import { useCallback, useMemo, useState } from "react";
import type { AggregateId } from "../../core/aggregate/index.ts";
import { buildPrefixTree, losesAtFork, losingFork, type TreeNode } from "../../core/best-of/prefix-tree.ts";
import { layoutTree } from "../../core/best-of/tree-layout.ts";
import { choicesOf, type Entry, sortEntries } from "../../state/best-of.ts";
import { useView } from "../../state/view-state.ts";
import { formatProbability, plural } from "../../ui/format-number.ts";
import { forkWords } from "./fork-words.ts";
import { openInInspector } from "./open-in-inspector.ts";
import { TreeSvg } from "./tree-svg.tsx";

interface TreePanelProps {
  readonly entries: readonly Entry[];
  readonly aggregate: AggregateId;
}

/** Steps a tree is drawn from; more are too many to look at, and to draw. */
const MOST_STEPS = 2000;

/** The candidates of the tree: all, or the best whose steps do not go beyond `MOST_STEPS`. */
function drawn(entries: readonly Entry[], aggregate: AggregateId): readonly Entry[] {
  let steps = 0;
  const kept = new Set<number>();
  for (const index of sortEntries(entries, aggregate, false)) {
    steps += entries[index]?.candidate.run.trace.steps.length ?? 0;
    if (steps > MOST_STEPS && kept.size > 0) {
      break;
    }
    kept.add(index);
  }
  return entries.filter((_, index) => kept.has(index));
}

/** The candidates as a tree of common beginnings, with the winner's path and the fork that cost the most. */
export function TreePanel({ entries, aggregate }: TreePanelProps) {
  const shown = useMemo(() => drawn(entries, aggregate), [entries, aggregate]);
  const tree = useMemo(
    () =>
      buildPrefixTree(
        shown.map(({ candidate: { run } }) => ({
          steps: run.trace.steps,
          rewards: run.scores.map((score) => score?.reward),
        })),
      ),
    [shown],
  );
  const winner = useMemo(() => choicesOf(shown, aggregate).naive?.winner, [shown, aggregate]);
  const layout = useMemo(() => layoutTree(tree, winner), [tree, winner]);
  const loser = useMemo(
    () => (winner === undefined ? undefined : loserOf(shown, aggregate, winner)),
    [shown, aggregate, winner],
  );
  const fork = useMemo(
    () => (winner === undefined || loser === undefined ? undefined : losingFork(tree, winner, loser.index)),
    [tree, winner, loser],
  );
  const threshold = useView((state) => state.threshold) ?? shown[0]?.candidate.run.threshold ?? 0;
  const [focused, setFocused] = useState<number | undefined>();
  const node = focused === undefined ? undefined : tree.nodes[focused];
  const numberOf = useCallback((index: number) => (shown[index]?.place ?? 0) + 1, [shown]);
  const endLabel = useCallback(
    (index: number) => `#${numberOf(index)}: ${shown[index]?.answer?.text ?? "no answer"}`,
    [shown, numberOf],
  );
  const open = useCallback(
    ({ chains, step }: TreeNode) => {
      const entry = shown[chains[0] ?? 0];
      if (entry !== undefined) {
        openInInspector(entry.place, step);
      }
    },
    [shown],
  );
  return (
    <section
      aria-label="Tree of common beginnings"
      className="break-inside-avoid flex min-w-0 flex-col gap-2"
    >
      <h3 className="text-base font-semibold">Where the candidates part</h3>
      <p className="max-w-[80ch] text-sm text-ink-2">
        {winner === undefined || loser === undefined
          ? "Steps that several candidates have in common are drawn once."
          : forkWords(tree, fork, `${loser.words} #${numberOf(loser.index)}`, `#${numberOf(winner)}`)}
        {shown.length < entries.length &&
          ` The tree is drawn for the ${plural(shown.length, "candidate")} with the highest scores.`}
      </p>
      <TreeSvg
        tree={tree}
        layout={layout}
        winner={winner}
        fork={fork !== undefined && losesAtFork(tree, fork) ? fork : undefined}
        threshold={threshold}
        endLabel={endLabel}
        focused={focused}
        onFocus={setFocused}
        onOpen={open}
      />
      <p aria-live="polite" className="line-clamp-2 min-h-10 text-sm text-ink-2 print:hidden">
        {node === undefined ? (
          <span className="text-xs text-ink-3">
            Point at a step, or move over the tree with the arrow keys, to read it; Enter opens it in the
            inspector.
          </span>
        ) : (
          <>
            <span className="font-semibold text-ink">
              Step {node.step + 1},{" "}
              {node.reward === undefined ? "not scored" : formatProbability(node.reward)}
            </span>{" "}
            <span className="text-ink-3">({chainWords(node, numberOf)})</span> {node.text}
          </>
        )}
      </p>
    </section>
  );
}

function chainWords({ chains }: TreeNode, numberOf: (index: number) => number): string {
  return chains.map((index) => `#${numberOf(index)}`).join(", ");
}

/** Whom the winner is set against: the best right candidate when the winner is not known to be right, else the one behind it. */
function loserOf(entries: readonly Entry[], aggregate: AggregateId, winner: number) {
  const others = sortEntries(entries, aggregate, false).filter(
    (index) => index !== winner && entries[index]?.scores[aggregate] !== undefined,
  );
  const right =
    entries[winner]?.isCorrect !== true
      ? others.find((index) => entries[index]?.isCorrect === true)
      : undefined;
  const index = right ?? others[0];
  return index === undefined
    ? undefined
    : { index, words: right === undefined ? "the second best" : "the best right candidate" };
}
