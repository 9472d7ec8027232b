import { useEffect } from "react";
import { useRun } from "../state/runs.ts";
import { useView } from "../state/view-state.ts";
import { formatProbability } from "../ui/format-number.ts";

/** The detail first, so that a narrow tab still tells which step it shows. Draws nothing itself. */
export function DocumentTitle(): null {
  const selected = useView((state) => state.selected);
  const example = useRun((run) => run?.example?.title);
  const reward = useRun((run) => (selected === undefined ? undefined : run?.scores[selected]?.reward));
  const step =
    selected === undefined || reward === undefined
      ? undefined
      : `Step ${selected + 1}: ${formatProbability(reward)}`;
  const title = [step, example, "Stepscope"].filter((part) => part !== undefined).join(" – ");
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
