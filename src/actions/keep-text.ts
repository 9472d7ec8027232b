/** Keeps what is typed through a reload of the tab; another tab, and another day, start empty. */
import { editSource, sourceOf, workspaceStore } from "../state/workspace.ts";

const KEY = "stepscope-text";

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden: then a reload forgets, as it does anywhere.
    return null;
  }
}

function save(): void {
  const { problem, chain } = sourceOf(workspaceStore.getState());
  try {
    sessionStorage.setItem(KEY, JSON.stringify([problem, chain]));
  } catch {
    // Too long for storage, or forbidden.
  }
}

/** Puts the text of before a reload back, and keeps it from now on. */
export function keepText(): void {
  const stored = read();
  if (stored !== null) {
    const parsed: unknown = JSON.parse(stored);
    const [problem, chain] = Array.isArray(parsed) ? parsed : [];
    if (typeof problem === "string" && typeof chain === "string") {
      workspaceStore.setState((state) => editSource(state, { problem, chain }), true);
    }
  }
  window.addEventListener("pagehide", save);
}
