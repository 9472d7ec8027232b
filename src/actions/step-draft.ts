/** What is typed into a step's field: it stays until it is taken or cancelled, whatever is looked at meanwhile. */
import { editSteps, type StepEdit } from "../core/edit/edit-steps.ts";
import { segmentTrace } from "../core/segment/index.ts";
import type { StepIndex } from "../core/units.ts";
import { editHistoryStore, recordEdit } from "../state/edit-history.ts";
import { viewStore } from "../state/view-state.ts";
import { type Source, sourceOf, workspaceStore } from "../state/workspace.ts";

/** Keeps what is typed into the field that is open. @param of The step's text that it was begun on. */
export function typeDraft(text: string, of: string): void {
  viewStore.setState(({ editing }) => ({ editing: editing && { ...editing, draft: { text, of } } }));
}

export function closeEditor(): void {
  viewStore.setState({ editing: undefined });
}

/** The edit that taking the draft would be; undefined where nothing is typed, or its step is another by now. */
export function draftEdit(): StepEdit | undefined {
  const { editing } = viewStore.getState();
  if (editing?.draft === undefined) {
    return undefined;
  }
  const { kind, index } = editing;
  const { text, of } = editing.draft;
  const step = segmentTrace(sourceOf(workspaceStore.getState())).steps[index];
  if (step?.text !== of || text.trim() === "" || text === of) {
    return undefined;
  }
  return kind === "edit" ? { kind: "replace", index, texts: [text] } : { kind: "insert", index, text };
}

/** The text with a step edited, and the step to look at then; undefined when nothing comes of it. */
export function editedSource(
  source: Source,
  edit: StepEdit,
): { readonly source: Source; readonly shown: StepIndex } | undefined {
  const edited = editSteps(segmentTrace(source), edit);
  return (
    edited && {
      source: unlessByRule({ ...source, chain: edited.chain, own: edited.own }),
      shown: edited.shown,
    }
  );
}

/** Steps that the rule finds as well need not be set. */
function unlessByRule(source: Source): Source {
  const byRule = { ...source, own: [] };
  const [set, found] = [source, byRule].map((one) => segmentTrace(one).steps);
  const isSame =
    set?.length === found?.length &&
    set?.every(({ start, end }, index) => found?.[index]?.start === start && found[index]?.end === end);
  return isSame === true ? byRule : source;
}

/** Takes the draft into a text that is about to be replaced as a whole: it goes, and comes back, with that. */
export function settleDraft(): void {
  const edit = draftEdit();
  const before = sourceOf(workspaceStore.getState());
  const edited = edit && editedSource(before, edit);
  if (edited !== undefined) {
    closeEditor();
    editHistoryStore.setState((history) => recordEdit(history, before, "steps"), true);
    workspaceStore.setState({ ...edited.source, example: undefined, missing: undefined });
  }
}
