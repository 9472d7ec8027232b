import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { galleryStore } from "../state/gallery.ts";
import { NOTHING_PINNED, pinnedStore } from "../state/pinned.ts";
import { NO_RUN, type Run, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, sourceOf, workspaceStore } from "../state/workspace.ts";
import { holdPlace, pushPlace, releasePlace, replacePlace, writeHash } from "./address.ts";
import { pinRun, showRun, swapPinned } from "./compare.ts";
import type { ActionContext } from "./context.ts";
import { openCover } from "./cover.ts";
import { editText } from "./edit-text.ts";
import { followHash, loadGallery, openExample } from "./gallery.ts";
import { select } from "./navigate.ts";
import { openOverlay } from "./overlay.ts";
import { followPages } from "./pages.ts";
import { followPlaces } from "./places.ts";
import { bringBackText } from "./put-text.ts";
import { stubHistory, type TabHistory } from "./testing/history.ts";
import { stubPage } from "./testing/page.ts";

/** None of what is opened here asks for anything of it. */
const CONTEXT = {} as ActionContext;
const EXAMPLE = "rice-profit";

let tab: TabHistory;

/** The task at hand is over. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

async function back(): Promise<void> {
  tab.back();
  followHash(CONTEXT);
  await settle();
}

function show(run: Run): void {
  workspaceStore.setState({ ...EMPTY_WORKSPACE, ...run.source }, true);
  runsStore.setState({ current: run }, true);
}

const chain = () => sourceOf(workspaceStore.getState()).chain;

beforeAll(async () => {
  stubPage();
  await loadGallery();
  expect(galleryStore.getState().kind).toBe("ready");
  followPages();
});

beforeEach(async () => {
  stubPage();
  tab = stubHistory();
  workspaceStore.setState(EMPTY_WORKSPACE, true);
  runsStore.setState(NO_RUN, true);
  viewStore.setState(INITIAL_VIEW, true);
  pinnedStore.setState(NOTHING_PINNED, true);
  shelfStore.setState(EMPTY_SHELF, true);
  replacePlace();
  followPlaces();
  await settle();
});

describe("Back", () => {
  it("from an example shows one's own run again, which was never kept anywhere else", async () => {
    const own = finishedRun(sourceWith("a\n\nb"));
    show(own);
    await settle();
    openExample(EXAMPLE);
    await settle();
    expect(chain()).not.toBe("a\n\nb");
    await back();
    expect(chain()).toBe("a\n\nb");
    expect(runsStore.getState().current).toBe(own);
    expect(workspaceStore.getState().replaced).toBeUndefined();
  });

  it("shows what was scored of a run that was cut off, which then does not go on by itself", async () => {
    const own = finishedRun(sourceWith("a\n\nb"));
    show({ ...own, status: "running", scores: [own.scores[0], undefined] });
    await settle();
    openExample(EXAMPLE);
    await settle();
    await back();
    expect(runsStore.getState().current).toMatchObject({
      status: "stopped",
      scores: [own.scores[0], undefined],
    });
  });

  it("tells runs apart whose places are called the same", async () => {
    const [one, two] = [finishedRun(sourceWith("a\n\nb")), finishedRun(sourceWith("c\n\nd"))];
    openCover("candidates");
    await settle();
    showRun(one);
    await settle();
    openCover("candidates");
    await settle();
    showRun(two);
    await settle();
    await back();
    await back();
    expect(runsStore.getState().current).toBe(one);
    expect(chain()).toBe("a\n\nb");
  });

  it("returns to the step that was chosen just before a page was opened", async () => {
    show(finishedRun(sourceWith("a\n\nb")));
    select(1, "list");
    await settle();
    openCover("models");
    await settle();
    expect(tab.hashes()).toEqual(["#step=2", "#step=2&page=models"]);
  });

  it("from an example that was there before a reload returns to the text that it replaced", async () => {
    workspaceStore.setState({ ...EMPTY_WORKSPACE, ...sourceWith("a\n\nb") }, true);
    openExample(EXAMPLE);
    // An entry that the page knows nothing of: it was left by the page before the reload.
    tab = stubHistory();
    followHash(CONTEXT);
    expect(chain()).toBe("a\n\nb");
  });

  it("closes what lies over the page, and a page of which nothing is there", async () => {
    openCover("examples");
    openOverlay("palette");
    tab = stubHistory("#page=records");
    followHash(CONTEXT);
    expect(viewStore.getState()).toMatchObject({ cover: undefined, overlay: undefined });
    expect(tab.hashes()).toEqual([""]);
  });
});

describe("the address", () => {
  it("has no place of its own for a swap", async () => {
    show(finishedRun(sourceWith("a\n\nb")));
    pinRun();
    show(finishedRun(sourceWith("c\n\nd")));
    openCover("compare");
    await settle();
    const before = tab.hashes().length;
    swapPinned();
    await settle();
    expect(viewStore.getState().cover).toBe("compare");
    expect(tab.hashes()).toHaveLength(before);
  });

  it("names an example no longer once its text is another", async () => {
    openExample(EXAMPLE);
    await settle();
    editText({ chain: "something else altogether" });
    await settle();
    expect(tab.hashes().at(-1)).toBe("");
  });

  it("names what the page is still looking for, until it has looked", () => {
    tab = stubHistory("#page=records&step=4");
    holdPlace();
    replacePlace();
    writeHash();
    expect(tab.hashes()).toEqual(["#page=records&step=4"]);
    openExample(EXAMPLE);
    expect(tab.hashes()[0]).toBe("#page=records&step=4");
    expect(tab.hashes()[1]).toContain(EXAMPLE);
    releasePlace();
    expect(tab.hashes()).toHaveLength(2);
  });

  it("keeps the name of an example while the examples cannot be had", () => {
    const ready = galleryStore.getState();
    galleryStore.setState({ kind: "failed" }, true);
    tab = stubHistory(`#example=${EXAMPLE}`);
    replacePlace();
    expect(tab.hashes()).toEqual([`#example=${EXAMPLE}`]);
    galleryStore.setState(ready, true);
    pushPlace();
    expect(tab.hashes()).toEqual([`#example=${EXAMPLE}`, ""]);
  });
});

describe("bringing a text back", () => {
  it("brings back what was scored of it, too, where it was not scored to the end", () => {
    const own = finishedRun(sourceWith("a\n\nb"));
    show({ ...own, status: "stopped", scores: [own.scores[0], undefined] });
    openExample(EXAMPLE);
    bringBackText();
    expect(chain()).toBe("a\n\nb");
    expect(runsStore.getState().current?.scores).toEqual([own.scores[0], undefined]);
  });
});
