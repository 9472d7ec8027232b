import { useState } from "react";
import { laneGroups, rangeOf, runGroups } from "../../state/distribution.ts";
import type { Run } from "../../state/runs.ts";
import { Select } from "../../ui/select.tsx";
import { DistributionChart } from "../distribution-chart.tsx";
import { OverlapNote } from "../overlap-note.tsx";

interface RunDistributionsProps {
  readonly a: Run;
  readonly b: Run;
  /** Of the rewards of both. */
  readonly range: readonly [number, number];
}

const CHOICES = [
  { id: "runs", label: "A against B" },
  { id: "a", label: "thinking against response in A" },
  { id: "b", label: "thinking against response in B" },
] as const;

/** How the step rewards of the two runs are spread. */
export function RunDistributions({ a, b, range }: RunDistributionsProps) {
  const [choice, setChoice] = useState<(typeof CHOICES)[number]["id"]>("runs");
  const groups = choice === "runs" ? runGroups(a, b) : laneGroups([choice === "a" ? a : b]);
  return (
    <div className="flex flex-col gap-3 pt-1 pb-3">
      <Select label="Groups" className="self-start" options={CHOICES} value={choice} onChange={setChoice} />
      <DistributionChart groups={groups} range={rangeOf(groups, range)} what="step rewards" />
      <OverlapNote />
    </div>
  );
}
