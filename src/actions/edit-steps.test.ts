import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ScoreRequest, Scorer } from "../core/scorer.ts";
import type { ScoredTrace } from "../core/trace.ts";
import { editHistoryStore, NO_HISTORY } from "../state/edit-history.ts";
import { engineStore, idle } from "../state/engine-status.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import { editStep, undo } from "./edit-steps.ts";
import { loadGallery, openExample } from "./gallery.ts";
import { score } from "./score.ts";
import { stubPage } from "./testing/page.ts";
import { EMBEDDED, MODEL, NOT_COUNTED, NOTHING_ELSE } from "./testing/scoring.ts";

function scoredTrace({ steps }: ScoreRequest): ScoredTrace {
  return {
    steps: steps.map((_, index) => ({
      index,
      reward: 0.5,
      read: { tokens: [0, 1], positions: [], logits: [] },
    })),
    stepCount: steps.length,
    prompt: { text: "", ids: [], tokens: [] },
    timing: { forward: 1, tokens: 1, reused: 0, chunks: 1 },
  };
}

const asked = vi.fn<Scorer["score"]>(async (request) => scoredTrace(request));
const CTX = {
  scorer: { load: async () => MODEL, score: asked, countTokens: NOT_COUNTED },
  ...NOTHING_ELSE,
};
const LONG = "This first step is by far the longest of the three, and it says a good deal.";

beforeEach(() => {
  stubPage();
  asked.mockClear();
  modelChoiceStore.setState(EMBEDDED, true);
  engineStore.setState(idle("stepscope-prm"), true);
  editHistoryStore.setState(NO_HISTORY, true);
  runsStore.setState(NO_RUN, true);
  shelfStore.setState(EMPTY_SHELF, true);
  viewStore.setState(INITIAL_VIEW, true);
  workspaceStore.setState({ ...EMPTY_WORKSPACE, problem: "p", chain: `${LONG}\n\nb\n\nc` }, true);
});

const run = () => runsStore.getState().current;
const isScored = () => vi.waitFor(() => expect(run()?.status).toBe("done"));

describe("an edit of a step that is most of a scored chain", () => {
  it("is scored again, with the curve of before behind it, and so is taking it back", async () => {
    await score(CTX);
    editStep(CTX, { kind: "replace", index: 0, texts: ["Quite another one."] });
    await isScored();
    expect(run()?.trace.steps.map(({ text }) => text)).toEqual(["Quite another one.", "b", "c"]);
    expect(run()?.ghost).toBeDefined();
    // Where the scores of before are not kept any more.
    shelfStore.setState(EMPTY_SHELF, true);
    undo(CTX);
    await isScored();
    expect(run()?.trace.steps[0]?.text).toBe(LONG);
    expect(run()?.ghost).toBeDefined();
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it("is taken back to the scores of before, with the curve of the edit behind them", async () => {
    await score(CTX);
    const before = run();
    editStep(CTX, { kind: "replace", index: 0, texts: ["Quite another one."] });
    await isScored();
    const edited = run();
    undo(CTX);
    expect(run()?.scores).toBe(before?.scores);
    expect(run()?.ghost?.scores).toBe(edited?.scores);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("is scored again when the step goes", async () => {
    await score(CTX);
    editStep(CTX, { kind: "delete", index: 0 });
    await isScored();
    expect(run()?.trace.steps.map(({ text }) => text)).toEqual(["b", "c"]);
  });
});

it("an example that is opened over its own text, as after a reload, leaves nothing to take back", async () => {
  await loadGallery();
  openExample("rice-profit");
  const { past } = editHistoryStore.getState();
  openExample("rice-profit");
  expect(editHistoryStore.getState().past).toBe(past);
});
