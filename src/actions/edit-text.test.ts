import { beforeEach, describe, expect, it } from "vitest";
import { editHistoryStore, NO_HISTORY } from "../state/edit-history.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import { editStep, redo, undo } from "./edit-steps.ts";
import { editText, leaveField } from "./edit-text.ts";
import { score } from "./score.ts";
import { stubPage } from "./testing/page.ts";
import { NOT_COUNTED, NOTHING_ELSE } from "./testing/scoring.ts";

const never = () => Promise.reject(new Error("not asked for"));
const CTX = {
  scorer: { load: never, score: never, countTokens: NOT_COUNTED },
  ...NOTHING_ELSE,
};
const chain = () => workspaceStore.getState().chain;

/** Letter by letter, behind what stands there. */
function type(field: "problem" | "chain", text: string): void {
  for (const letter of text) {
    editText({ [field]: workspaceStore.getState()[field] + letter });
  }
}

/** What undo leads to, step by step, until nothing is left to take back. */
function undoAll(field: "problem" | "chain" = "chain"): readonly string[] {
  const texts: string[] = [];
  while (editHistoryStore.getState().past.length > 0) {
    undo(CTX);
    texts.push(workspaceStore.getState()[field]);
  }
  return texts;
}

beforeEach(() => {
  stubPage();
  editHistoryStore.setState(NO_HISTORY, true);
  runsStore.setState(NO_RUN, true);
  viewStore.setState(INITIAL_VIEW, true);
  workspaceStore.setState(EMPTY_WORKSPACE, true);
});

describe("undo of what is typed", () => {
  it.each(["chain", "problem"] as const)("brings a %s back that another was pasted over", (field) => {
    type(field, "Two and two");
    editText({ [field]: "Something else" });
    type(field, ", typed on.");
    expect(undoAll(field)).toEqual(["Something else", "Two and two", ""]);
    redo(CTX);
    redo(CTX);
    redo(CTX);
    expect(workspaceStore.getState()[field]).toBe("Something else, typed on.");
  });

  it("brings back what was cleared", () => {
    type("chain", "Two and two");
    editText({ chain: "" });
    type("chain", "New");
    expect(undoAll()).toEqual(["", "Two and two", ""]);
  });

  it("takes back what was typed since the field was left", () => {
    type("chain", "One.");
    leaveField();
    type("chain", " Two.");
    expect(undoAll()).toEqual(["One.", ""]);
  });

  it("comes back to what was scored", async () => {
    type("problem", "p");
    type("chain", "One.");
    await score(CTX);
    type("chain", " Two.");
    undo(CTX);
    expect(chain()).toBe("One.");
  });

  it("has nothing to take back of an edit that cannot be made", () => {
    workspaceStore.setState({ problem: "p", chain: "<think>a</think>\n<think>b</think>" });
    expect(editStep(CTX, { kind: "merge", index: 0 })).toBe(false);
    expect(editHistoryStore.getState()).toBe(NO_HISTORY);
  });
});
