import { beforeEach, describe, expect, it } from "vitest";
import type { ChainRecord } from "../core/chain-record.ts";
import { candidatesStore, editDraft, NO_CANDIDATES, showResults } from "../state/candidates.ts";
import { collectionStore, readAtOnce } from "../state/collection.ts";
import { editHistoryStore, NO_HISTORY } from "../state/edit-history.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, editSource, workspaceStore } from "../state/workspace.ts";
import { openCandidate } from "./candidates.ts";
import { clearAll } from "./clear-all.ts";
import { closeFile } from "./close-file.ts";
import { editText } from "./edit-text.ts";
import { loadGallery, openExample } from "./gallery.ts";
import { bringBackText } from "./put-text.ts";
import { moveRecord, showRecord } from "./show-record.ts";
import { stubPage } from "./testing/page.ts";

const RECORDS: readonly ChainRecord[] = ["a\n\nb", "c\n\nd", "e\n\nf"].map((chain, index) => ({
  id: `r${index}`,
  problem: "p",
  chain,
  rest: {},
}));
const REPORT = { name: "f", format: "text", label: "Text", recordCount: 3, problems: [], problemCount: 0 };
const OWN = { problem: "mine", chain: "my chain" };
const fields = () => workspaceStore.getState();

beforeEach(async () => {
  stubPage();
  editHistoryStore.setState(NO_HISTORY, true);
  candidatesStore.setState(NO_CANDIDATES, true);
  runsStore.setState(NO_RUN, true);
  shelfStore.setState(EMPTY_SHELF, true);
  viewStore.setState(INITIAL_VIEW, true);
  collectionStore.setState(readAtOnce(collectionStore.getInitialState(), "f", RECORDS, REPORT), true);
  workspaceStore.setState(editSource(EMPTY_WORKSPACE, OWN), true);
  await loadGallery();
});

/** Puts texts that nobody wrote here into the fields, the last of them left there. */
const SHOWN_LAST = [
  ["a record", () => showRecord(1)],
  [
    "a record of a file that was closed",
    () => {
      showRecord(1);
      closeFile();
    },
  ],
  ["an example", () => openExample("savings-line")],
  [
    "a candidate",
    () => {
      const run = finishedRun(sourceWith("candidate"));
      candidatesStore.setState(
        (state) =>
          showResults(editDraft(state, { text: "candidate" }), [
            { record: { id: "1", problem: "p", chain: "candidate", rest: {} }, run, earlier: [] },
          ]),
        true,
      );
      openCandidate(0);
    },
  ],
] as const;

describe.each(SHOWN_LAST)("a person's own text under %s", (_, show) => {
  it("comes back after that was cleared", () => {
    show();
    clearAll();
    expect(fields()).toMatchObject({ problem: "", chain: "" });
    bringBackText();
    expect(fields()).toMatchObject({ ...OWN, replaced: undefined });
  });

  it("comes back after an example and a record took its place", () => {
    show();
    openExample("rice-profit");
    showRecord(0);
    moveRecord(1);
    bringBackText();
    expect(fields()).toMatchObject({ ...OWN, replaced: undefined });
  });

  it("comes back from under it, and that is nothing to bring back", () => {
    show();
    bringBackText();
    expect(fields()).toMatchObject({ ...OWN, replaced: undefined });
  });
});

it("keeps a record that was changed, as a text of one's own", () => {
  showRecord(1);
  editText({ chain: "c\n\nd\n\nmine" });
  clearAll();
  bringBackText();
  expect(fields().chain).toBe("c\n\nd\n\nmine");
});
