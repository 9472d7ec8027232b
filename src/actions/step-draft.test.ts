import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Scorer } from "../core/scorer.ts";
import { collectionStore, readAtOnce } from "../state/collection.ts";
import { editHistoryStore, NO_HISTORY } from "../state/edit-history.ts";
import { engineStore, idle } from "../state/engine-status.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import { scoresOf, sourceWith } from "../state/testing/finished-run.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import { clearAll } from "./clear-all.ts";
import { closeCover, openCover } from "./cover.ts";
import { editStepBeside, openEditor, takeDraft, undo } from "./edit-steps.ts";
import { editText } from "./edit-text.ts";
import { select } from "./navigate.ts";
import { bringBackText } from "./put-text.ts";
import { score } from "./score.ts";
import { showRecord } from "./show-record.ts";
import { closeEditor, typeDraft } from "./step-draft.ts";
import { stubPage } from "./testing/page.ts";
import { EMBEDDED, MODEL, NOT_COUNTED, NOTHING_ELSE } from "./testing/scoring.ts";

const asked = vi.fn<Scorer["score"]>(async ({ steps }) => scoresOf(steps.length));
const ctx = {
  scorer: { load: async () => MODEL, score: asked, countTokens: NOT_COUNTED },
  ...NOTHING_ELSE,
};
const REPORT = { name: "f", format: "text", label: "Text", recordCount: 1, problems: [], problemCount: 0 };
const chain = () => workspaceStore.getState().chain;
const editing = () => viewStore.getState().editing;

beforeEach(async () => {
  stubPage();
  modelChoiceStore.setState(EMBEDDED, true);
  engineStore.setState(idle("stepscope-prm"), true);
  editHistoryStore.setState(NO_HISTORY, true);
  runsStore.setState(NO_RUN, true);
  shelfStore.setState(EMPTY_SHELF, true);
  viewStore.setState(INITIAL_VIEW, true);
  collectionStore.setState(
    readAtOnce(
      collectionStore.getInitialState(),
      "f",
      [{ id: "r", problem: "q", chain: "record", rest: {} }],
      REPORT,
    ),
    true,
  );
  workspaceStore.setState({ ...EMPTY_WORKSPACE, ...sourceWith("one\n\ntwo\n\nthree") }, true);
  await score(ctx);
  asked.mockClear();
  select(1, "page");
  openEditor(ctx, { kind: "edit", index: 1 });
});

describe("what is typed into a step", () => {
  it("stays while another page lies over the steps", () => {
    typeDraft("zwei", "two");
    openCover("candidates");
    closeCover();
    expect(editing()).toMatchObject({ index: 1, draft: { text: "zwei" } });
    expect(chain()).toBe("one\n\ntwo\n\nthree");
  });

  it("is taken, and scored, when another step is opened", async () => {
    typeDraft("zwei", "two");
    select(2, "list");
    openEditor(ctx, { kind: "edit", index: 2 });
    expect(chain()).toBe("one\n\nzwei\n\nthree");
    await vi.waitFor(() => expect(runsStore.getState().current?.status).toBe("done"));
    expect(asked).toHaveBeenCalledTimes(1);
    expect(viewStore.getState()).toMatchObject({ selected: 2, editing: { kind: "edit", index: 2 } });
    expect(editing()?.draft).toBeUndefined();
  });

  it("moves the step that is opened, or edited, where it is a new one above it", () => {
    openEditor(ctx, { kind: "insert", index: 0 });
    typeDraft("new", "one");
    select(2, "list");
    openEditor(ctx, { kind: "insert", index: 2 });
    expect(chain()).toBe("one\n\nnew\n\ntwo\n\nthree");
    expect(viewStore.getState()).toMatchObject({ selected: 3, editing: { kind: "insert", index: 3 } });
    typeDraft("last", "three");
    editStepBeside(ctx, { kind: "delete", index: 0 });
    expect(chain()).toBe("new\n\ntwo\n\nthree\n\nlast");
  });

  it("goes on when the same step is opened again", () => {
    typeDraft("zwei", "two");
    openEditor(ctx, { kind: "edit", index: 1 });
    expect(editing()?.draft?.text).toBe("zwei");
  });

  it("is in the text that another replaces, and comes back with it", () => {
    typeDraft("zwei", "two");
    showRecord(0);
    expect(chain()).toBe("record");
    bringBackText();
    expect(chain()).toBe("one\n\nzwei\n\nthree");
    undo(ctx);
    undo(ctx);
    undo(ctx);
    expect(chain()).toBe("one\n\ntwo\n\nthree");
  });

  it("is in the text that is cleared", () => {
    typeDraft("zwei", "two");
    clearAll();
    bringBackText();
    expect(chain()).toBe("one\n\nzwei\n\nthree");
  });

  it("is taken back by undo", () => {
    typeDraft("zwei", "two");
    undo(ctx);
    expect(chain()).toBe("one\n\ntwo\n\nthree");
  });

  it.each(["two", " ", undefined])("is nothing to take where it is %j", (text) => {
    if (text !== undefined) {
      typeDraft(text, "two");
    }
    expect(takeDraft(ctx)).toBe(false);
    expect(chain()).toBe("one\n\ntwo\n\nthree");
  });

  it("is not put in place of another step, nor taken once it is cancelled", () => {
    typeDraft("zwei", "two");
    editText({ chain: "one\n\nother\n\nthree" });
    expect(takeDraft(ctx)).toBe(false);
    editText({ chain: "one\n\ntwo\n\nthree" });
    closeEditor();
    expect(takeDraft(ctx)).toBe(false);
    expect(chain()).toBe("one\n\ntwo\n\nthree");
  });
});
