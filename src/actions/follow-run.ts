/** What belongs to the steps on the screen follows them: other steps are looked through and shown anew. */
import { closeFind, findStore } from "../state/find.ts";
import { foldsStore, NO_FOLDS } from "../state/folds.ts";
import { runsStore } from "../state/runs.ts";
import { isOtherText } from "../state/workspace.ts";
import type { ActionContext } from "./context.ts";
import { findPatterns } from "./find.ts";
import { clearRange } from "./step-range.ts";
import { showAllSteps } from "./timeline-window.ts";

export function followRun(ctx: ActionContext): void {
  runsStore.subscribe(({ current }, { current: before }) => {
    if (current?.trace === before?.trace) {
      return;
    }
    foldsStore.setState(({ foldsSimilar }) => ({ ...NO_FOLDS, foldsSimilar }));
    clearRange();
    // An edit leaves one where one was.
    if (
      current === undefined ||
      before === undefined ||
      isOtherText(before.trace.chain, current.trace.chain)
    ) {
      showAllSteps();
    }
    if (current === undefined) {
      findStore.setState((state) => closeFind(state, false), true);
    } else {
      findStore.setState({ current: undefined });
      findPatterns(ctx);
    }
  });
}
