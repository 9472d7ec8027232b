/** Puts finished runs aside, and finds them again by their text. */
import { segmentTrace } from "../core/segment/index.ts";
import { collectionStore, recordOfSource } from "../state/collection.ts";
import { engineStore } from "../state/engine-status.ts";
import { modelChoiceStore, modelKey } from "../state/model-choice.ts";
import { isFinished, isPartlyScored, type Run, runsStore, variantOf } from "../state/runs.ts";
import {
  type Asked,
  findRun,
  forgetSources,
  isBy,
  makeFleeting,
  shelfStore,
  shelveRun,
} from "../state/shelf.ts";
import {
  clearedTextsStore,
  clearText,
  correctionsOf,
  tagCorrectionsStore,
} from "../state/tag-corrections.ts";
import { isSameSource, type Source, sourceOf, workspaceStore } from "../state/workspace.ts";

/** The model that would score now. */
export function askedModel(): Asked {
  const engine = engineStore.getState();
  const model = engine.kind === "ready" ? engine.model : undefined;
  return {
    modelKey: modelKey(modelChoiceStore.getState()),
    digest: model?.digest,
    variant: model && variantOf(model),
  };
}

/** Keeps a run that has ended well; of any other nothing is kept. */
export function shelve(run: Run | undefined): void {
  if (run !== undefined) {
    shelfStore.setState((shelf) => shelveRun(shelf, run), true);
  }
}

/** What was scored of the text that was on the screen before another took its place. */
let aside: Run | undefined;

/** Keeps what a run has scored that is left unfinished; in this page, and one run alone. */
export function putAside(run: Run | undefined): void {
  if (run !== undefined && run.example === undefined && isPartlyScored(run)) {
    aside = { ...run, status: "stopped" };
  }
}

/** What a run of this text had scored when it was left; undefined for any text but the last one. */
export function unfinishedRun(source: Source): Run | undefined {
  return aside !== undefined && isSameSource(aside.source, source) ? aside : undefined;
}

/** The finished run of a text, by the model that would score now or else by another. */
export function keptRun(source: Source): Run | undefined {
  return findRun(shelfStore.getState(), source, askedModel());
}

/** The same, by no other model. */
export function ownKeptRun(source: Source): Run | undefined {
  const asked = askedModel();
  const run = findRun(shelfStore.getState(), source, asked);
  return run !== undefined && isBy(run, asked) ? run : undefined;
}

/** What scoring a text again would replace: its finished run on the screen, else the one that was kept. */
export function runBeforeScoring(source: Source): Run | undefined {
  const { current } = runsStore.getState();
  const isShown = current !== undefined && isFinished(current) && isSameSource(current.source, source);
  return isShown ? current : keptRun(source);
}

/** Forgets what was said of these texts. */
export function forgetRuns(runs: readonly Run[]): void {
  const sources = runs.map(({ source }) => source);
  shelfStore.setState((shelf) => forgetSources(shelf, sources), true);
}

/** Tags that were set right belong to the text as it is cut, whether it has a run or not. */
function leaveTags(source: Source): void {
  if (tagCorrectionsStore.getState().size === 0) {
    return;
  }
  const { current } = runsStore.getState();
  const isShown = current !== undefined && isSameSource(current.source, source);
  const trace = isShown ? current.trace : segmentTrace(source);
  if (correctionsOf(tagCorrectionsStore.getState(), trace).size > 0) {
    clearedTextsStore.setState((cleared) => clearText(cleared, trace), true);
  }
}

/** The text in the fields is cleared. One that is in the list of chains is there still, and so is what was said of it. */
export function leaveToUndo(): void {
  const source = sourceOf(workspaceStore.getState());
  const collection = collectionStore.getState();
  if (collection.records.length < 2 || recordOfSource(collection, source) === undefined) {
    shelfStore.setState((shelf) => makeFleeting(shelf, source), true);
    leaveTags(source);
  }
}
