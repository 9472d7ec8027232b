/** What overlapping distributions mean, with its source. */
export function OverlapNote() {
  return (
    <p className="max-w-[84ch] text-xs text-ink-3">
      The more two distributions overlap, the less the rewards tell the groups apart: the ReasonFlux-PRM paper
      (arXiv 2506.18896) reports this of earlier PRMs on thinking trajectories. A beginning that chains share
      counts once for each of them.
    </p>
  );
}
