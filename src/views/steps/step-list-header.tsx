import { Search } from "lucide-react";
import { openFind } from "../../actions/find.ts";
import { foldAllSimilar } from "../../actions/folds.ts";
import { changeView } from "../../actions/navigate.ts";
import { canBeDisputed } from "../../core/disagreement.ts";
import { useFolds } from "../../state/folds.ts";
import type { Reading, StepOrder } from "../../state/reading.ts";
import { isUnderWay, type Run } from "../../state/runs.ts";
import { useView } from "../../state/view-state.ts";
import { classNames } from "../../ui/class-names.ts";
import { plural } from "../../ui/format-number.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { Switch } from "../../ui/switch.tsx";
import { MaximiseButton } from "../maximise-button.tsx";
import { RibbonsButton } from "../ribbons-button.tsx";
import { ShortcutHint } from "../shortcut-hint.tsx";
import { PlaybackControl } from "./playback-control.tsx";
import { RawSwitch } from "./raw-switch.tsx";
import { HeatLegend } from "./token-text.tsx";
import { UndoButtons } from "./undo-buttons.tsx";

interface StepListHeaderProps {
  readonly run: Run;
  readonly reading: Reading;
  /** Whether there are similar steps to fold. */
  readonly canFold: boolean;
}

const ORDERS: readonly { readonly id: StepOrder; readonly label: string }[] = [
  { id: "chain", label: "In order" },
  { id: "disagreement", label: "By disagreement" },
];

/** Above the list: how many steps there are, and how they are shown. */
export function StepListHeader({ run, reading, canFold }: StepListHeaderProps) {
  const { steps } = run.trace;
  const showsHeat = useView((state) => state.showsHeat);
  const stepOrder = useView((state) => state.stepOrder);
  const foldsSimilar = useFolds((state) => state.foldsSimilar);
  const hasLanes = steps.some((step) => step.lane === "thinking");
  // Both are there while scores are still to come: what stands in this row stays in its place.
  const hasHeat = [...run.scores, ...(isUnderWay(run) ? (run.ghost?.scores ?? []) : [])].some(
    (score) => score?.hazards !== undefined,
  );
  const canDisagree = reading.checks.some(canBeDisputed);
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-5 py-1.5">
      <h2 className="text-sm font-semibold">{plural(steps.length, "step")}</h2>
      <ShortcutHint />
      <PlaybackControl />
      <UndoButtons />
      {canDisagree && (
        <Select
          label="Order of the steps"
          hidesLabel
          className={classNames("w-32", stepOrder === "chain" && "print:hidden")}
          isDisabled={reading.disagreements.length === 0 && stepOrder === "chain"}
          options={ORDERS}
          value={stepOrder}
          onChange={(id) => changeView({ stepOrder: id })}
        />
      )}
      {hasLanes && run.protocol !== undefined && <RibbonsButton />}
      <RawSwitch steps={steps} />
      {/* On a second line, which nobody sees, where there is no room for it: it makes no line of its own. */}
      <span className="flex h-4 min-w-0 flex-1 flex-wrap justify-end gap-y-4 overflow-hidden">
        <span className="h-4 w-px" />
        {hasHeat && showsHeat && <HeatLegend />}
      </span>
      <span className="ml-auto flex items-center gap-3 print:hidden">
        {(canFold || foldsSimilar) && (
          <Switch
            label="Fold similar steps"
            title="Shows neighbouring steps in one line when all are good or all are bad, and they are alike in reward and tag, or in all of their text but the numbers"
            checked={foldsSimilar}
            onChange={foldAllSimilar}
          />
        )}
        {hasHeat && (
          <Switch
            label="Token heat"
            title="Colours tokens by their hazard: the chance that the chain goes wrong there"
            checked={showsHeat}
            onChange={(checked) => changeView({ showsHeat: checked })}
          />
        )}
        <IconButton
          label="Find in the steps"
          title="Find in the steps (/)"
          className="-mr-2"
          icon={<Search aria-hidden className="size-3.5" />}
          onClick={openFind}
        />
        <MaximiseButton pane="steps" />
      </span>
    </div>
  );
}
