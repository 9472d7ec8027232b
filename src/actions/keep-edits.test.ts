import { beforeEach, expect, it, vi } from "vitest";
import { editHistoryStore, NO_HISTORY } from "../state/edit-history.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import type { ActionContext } from "./context.ts";
import { redo, undo } from "./edit-steps.ts";
import { editText, leaveField } from "./edit-text.ts";
import { keepEdits } from "./keep-edits.ts";
import { stubPage } from "./testing/page.ts";
import { MODEL, NOT_COUNTED, NOTHING_ELSE } from "./testing/scoring.ts";

const ctx: ActionContext = {
  scorer: {
    load: async () => MODEL,
    score: () => Promise.reject(new Error("unasked")),
    countTokens: NOT_COUNTED,
  },
  ...NOTHING_ELSE,
};
const chain = () => workspaceStore.getState().chain;

let stored: Map<string, string>;
let leave: () => void;

/** A reload of the tab, whose text is kept elsewhere. */
function reload(): void {
  leave();
  editHistoryStore.setState(NO_HISTORY, true);
  keepEdits();
}

function type(text: string): void {
  editText({ chain: text });
  leaveField();
}

beforeEach(() => {
  stubPage();
  stored = new Map();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  vi.stubGlobal("window", {
    addEventListener: (_: string, listener: () => void) => {
      leave = listener;
    },
  });
  editHistoryStore.setState(NO_HISTORY, true);
  workspaceStore.setState(EMPTY_WORKSPACE, true);
  keepEdits();
});

it("takes edits back, and makes them again, that were made before a reload", () => {
  type("one");
  type("one two");
  type("one two three");
  undo(ctx);
  reload();
  redo(ctx);
  expect(chain()).toBe("one two three");
  reload();
  undo(ctx);
  undo(ctx);
  expect(chain()).toBe("one");
});

it("keeps the last edits where there is no room for all", () => {
  const long = "x".repeat(300_000);
  type("first");
  type(long);
  type(`${long} and more`);
  type("last");
  reload();
  undo(ctx);
  expect(chain()).toBe(`${long} and more`);
  undo(ctx);
  expect(chain()).toBe(`${long} and more`);
});

it.each(["{", "null", '{"version":1,"value":{"past":[{"kind":"gone"}],"future":[]}}'])(
  "begins without edits where %j is stored",
  (text) => {
    stored.set("stepscope-edits", text);
    keepEdits();
    expect(editHistoryStore.getState()).toBe(NO_HISTORY);
  },
);
