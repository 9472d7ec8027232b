/** Keeps the last edits through a reload of the tab, so that undo and redo go on where they were. */
import * as v from "valibot";
import { EDIT_KINDS, type Edit, editHistoryStore } from "../state/edit-history.ts";
import { whenIdle } from "./idle-time.ts";
import { keepInStep } from "./keep-in-step.ts";
import { formatKept, parseKept, SourceShape } from "./kept-shapes.ts";

const KEY = "stepscope-edits";
const WRITE_WAIT_MS = 150;
/** Of all kept texts together: a tab's storage holds some five million, and what is in the fields comes first. */
const MOST_CHARACTERS = 1_000_000;

const Edits = v.array(v.object({ kind: v.picklist(EDIT_KINDS), source: SourceShape }));
const Kept = v.object({ past: Edits, future: Edits });

/** Those next to now, as many as there is room for. @param edits The next one first. */
function nearest(edits: readonly Edit[], room: number): readonly Edit[] {
  let left = room;
  const end = edits.findIndex(({ source }) => {
    left -= source.problem.length + source.chain.length;
    return left < 0;
  });
  return end < 0 ? edits : edits.slice(0, end);
}

function read(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    // Forbidden: then a reload forgets.
    return undefined;
  }
}

/** Puts the edits of before a reload back, and keeps them from now on. */
export function keepEdits(): void {
  const kept = parseKept(Kept, read());
  if (kept !== undefined) {
    editHistoryStore.setState({ ...kept, last: undefined }, true);
  }
  let written = editHistoryStore.getState();
  const save = () => {
    const history = editHistoryStore.getState();
    // A letter that is typed on is no other edit.
    if (history.past === written.past && history.future === written.future) {
      return;
    }
    written = history;
    const past = nearest(history.past.toReversed(), MOST_CHARACTERS / 2).toReversed();
    const future = nearest(history.future, MOST_CHARACTERS / 2);
    try {
      sessionStorage.setItem(KEY, formatKept({ past, future }));
    } catch {
      // Full, or forbidden.
    }
  };
  editHistoryStore.subscribe(
    keepInStep(async () => {
      await whenIdle();
      save();
    }, WRITE_WAIT_MS),
  );
  window.addEventListener("pagehide", save);
}
