import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ChainRecord } from "../core/chain-record.ts";
import { candidatesStore, editDraft, NO_CANDIDATES } from "../state/candidates.ts";
import { collectionStore, readAtOnce } from "../state/collection.ts";
import { engineStore, idle as idleEngine } from "../state/engine-status.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
import { NOTHING_PINNED, pinnedStore } from "../state/pinned.ts";
import { NO_RUN, type Run, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, lastingRuns, shelfStore } from "../state/shelf.ts";
import { correctionsOf, correctTag, tagCorrectionsStore } from "../state/tag-corrections.ts";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import { forgetScores, putCandidatesAway, takeCandidates } from "./candidates.ts";
import { clearAll } from "./clear-all.ts";
import { idle } from "./in-flight.ts";
import { createPageKeeper } from "./keep-page.ts";
import { formatKept } from "./kept-shapes.ts";
import type { KeptStore } from "./kept-store.ts";
import { setTag } from "./read-chain.ts";
import { shelve } from "./shelf.ts";
import { putRecord } from "./show-record.ts";
import { createLocks } from "./testing/locks.ts";
import { createMemoryStore } from "./testing/memory-store.ts";
import { stubPage } from "./testing/page.ts";

const RECORDS: readonly ChainRecord[] = ["a\n\nb", "c\n\nd", "e\n\nf"].map((chain, index) => ({
  id: `r${index}`,
  problem: "p",
  chain,
  firstError: 1,
  rest: { source: index },
}));
const REPORT = { name: "f", format: "text", label: "Text", recordCount: 3, problems: [], problemCount: 0 };

/** Nothing of the page is left but what the tab keeps of the text. */
function forgetPage(): void {
  collectionStore.setState(collectionStore.getInitialState(), true);
  candidatesStore.setState(NO_CANDIDATES, true);
  pinnedStore.setState(NOTHING_PINNED, true);
  runsStore.setState(NO_RUN, true);
  shelfStore.setState(EMPTY_SHELF, true);
  tagCorrectionsStore.setState(new Map(), true);
  viewStore.setState(INITIAL_VIEW, true);
}

async function visit(store: KeptStore, tab = "tab"): Promise<void> {
  const keeper = createPageKeeper(store, tab);
  await keeper.recallShown();
  await keeper.recallRest();
}

/** What a reload of the tab finds: nothing that the page writes after this reaches it. */
async function reload(store: ReturnType<typeof createMemoryStore>): Promise<typeof store> {
  await idle();
  const after = createMemoryStore(new Map(store.texts));
  forgetPage();
  await visit(after);
  return after;
}

beforeEach(() => {
  stubPage();
  modelChoiceStore.setState({ id: "m" }, true);
  engineStore.setState(idleEngine("m"), true);
  workspaceStore.setState(EMPTY_WORKSPACE, true);
  forgetPage();
});

describe("a reload", () => {
  it("shows the run of the text that is in the fields, and keeps the others", async () => {
    const store = createMemoryStore();
    await visit(store);
    const [one, other] = [finishedRun(sourceWith("a\n\nb"), "m", 1), finishedRun(sourceWith("c"))];
    shelve(other);
    shelve(one);
    workspaceStore.setState(one.source);
    await reload(store);
    expect(runsStore.getState().current).toEqual(one);
    expect(lastingRuns(shelfStore.getState())).toEqual([one, other]);
  });

  it.each(["stopped", "failed", "running"] as const)(
    "shows what was scored of a run that is %s",
    async (status) => {
      const store = createMemoryStore();
      await visit(store);
      const run = finishedRun(sourceWith("a\n\nb"));
      workspaceStore.setState(run.source);
      runsStore.setState({ current: { ...run, scores: [run.scores[0], undefined], status } });
      const again = await reload(store);
      expect(runsStore.getState().current).toMatchObject({
        status: "stopped",
        scores: [run.scores[0], undefined],
      });
      // Finished by now: nothing of it is left behind.
      runsStore.setState({ current: run });
      await idle();
      expect([...again.texts.keys()].filter((key) => key.includes("unfinished"))).toEqual([]);
    },
  );

  it("shows no part of a run of another text", async () => {
    const store = createMemoryStore();
    await visit(store);
    const run = finishedRun(sourceWith("a\n\nb"));
    runsStore.setState({ current: { ...run, scores: [run.scores[0], undefined], status: "stopped" } });
    workspaceStore.setState(sourceWith("c\n\nd"));
    await reload(store);
    expect(runsStore.getState().current).toBeUndefined();
  });

  it("shows no run over an example that the address names", async () => {
    const store = createMemoryStore();
    await visit(store);
    const run = finishedRun(sourceWith("a\n\nb"));
    shelve(run);
    workspaceStore.setState(run.source);
    vi.stubGlobal("location", { hash: "#example=rice-profit", pathname: "/", search: "" });
    await reload(store);
    expect(runsStore.getState().current).toBeUndefined();
  });

  it("keeps the file's chains, which of them is shown, and what was said of them", async () => {
    const store = createMemoryStore();
    await visit(store);
    collectionStore.setState((state) => readAtOnce(state, "f", RECORDS, REPORT), true);
    shelve(finishedRun(sourceWith("c\n\nd")));
    putRecord(1);
    expect(runsStore.getState().current?.status).toBe("done");
    const again = await reload(store);
    expect(collectionStore.getState()).toMatchObject({
      name: "f",
      records: RECORDS,
      labelledCount: 3,
      reports: [REPORT],
      shown: 1,
      isRecalled: true,
    });
    expect(runsStore.getState().current?.source.chain).toBe("c\n\nd");
    // And once more, from what was written by then.
    await reload(again);
    expect(collectionStore.getState().records).toEqual(RECORDS);
  });

  it("keeps the tags that were set right, for another visit too, and forgets those taken back", async () => {
    const store = createMemoryStore();
    await visit(store);
    const [one, other] = [finishedRun(sourceWith("a\n\nb")), finishedRun(sourceWith("c\n\nd"))];
    runsStore.setState({ current: one });
    setTag(1, "verify");
    runsStore.setState({ current: other });
    setTag(0, "plan");
    const again = await reload(store);
    const tagsOf = ({ trace }: Run) => [...correctionsOf(tagCorrectionsStore.getState(), trace)];
    expect(tagsOf(one)).toEqual([[1, "verify"]]);
    expect(tagsOf(other)).toEqual([[0, "plan"]]);
    runsStore.setState({ current: other });
    setTag(0, undefined);
    await idle();
    forgetPage();
    await visit(createMemoryStore(new Map(again.texts)), "another tab");
    expect(tagsOf(one)).toEqual([[1, "verify"]]);
    expect(tagsOf(other)).toEqual([]);
  });

  it("writes tags beside those that another tab wrote meanwhile", async () => {
    const store = createMemoryStore();
    await visit(store);
    const [one, other] = [finishedRun(sourceWith("a\n\nb")), finishedRun(sourceWith("c\n\nd"))];
    const first = correctTag(new Map(), one.trace, 1, "verify");
    store.texts.set("tags", formatKept([...first].map(([key, tags]) => [key, [...tags]])));
    runsStore.setState({ current: other });
    setTag(0, "plan");
    await reload(store);
    expect(correctionsOf(tagCorrectionsStore.getState(), one.trace).get(1)).toBe("verify");
    expect(correctionsOf(tagCorrectionsStore.getState(), other.trace).get(0)).toBe("plan");
  });

  it.each(["{", '{"version":1,"value":[["k",[[0,"gone"]]]]}', '{"version":1,"value":{"__proto__":1}}'])(
    "starts without tags where %j is stored",
    async (text) => {
      await visit(createMemoryStore(new Map([["tags", text]])));
      expect(tagCorrectionsStore.getState()).toEqual(new Map());
    },
  );

  it("keeps the candidates, the right answer, and their results", async () => {
    const store = createMemoryStore();
    await visit(store);
    const draft = { problem: "p", text: "a\n\nb\n---\nc\n\nd", gold: "4" };
    candidatesStore.setState(editDraft(NO_CANDIDATES, draft), true);
    shelve(finishedRun(sourceWith("c\n\nd"), "m", 0));
    await reload(store);
    const { all, status, draft: kept } = candidatesStore.getState();
    expect(kept).toMatchObject(draft);
    expect(status).toBe("kept");
    expect(all.map(({ run }) => run.scores[0]?.reward)).toEqual([undefined, 0.1]);
  });

  it("keeps candidates that came from the file, written once, and those that came apart from it", async () => {
    const store = createMemoryStore();
    await visit(store);
    collectionStore.setState((state) => readAtOnce(state, "f", RECORDS, REPORT), true);
    takeCandidates(collectionStore.getState().records);
    const again = await reload(store);
    expect(candidatesStore.getState().taken).toBe(collectionStore.getState().records);
    expect([...again.texts.keys()].filter((key) => key.includes("/taken/"))).toEqual([]);
    takeCandidates(RECORDS.slice(1));
    await reload(again);
    expect(candidatesStore.getState().taken).toEqual(RECORDS.slice(1));
    expect(collectionStore.getState().records).toEqual(RECORDS);
  });

  it("keeps what was pinned, and knows it for the run on the page", async () => {
    const store = createMemoryStore();
    await visit(store);
    const run = finishedRun(sourceWith("a\n\nb"));
    shelve(run);
    workspaceStore.setState(run.source);
    pinnedStore.setState({ run });
    const again = await reload(store);
    expect(pinnedStore.getState().run).toEqual(run);
    expect(pinnedStore.getState().run?.scores).toBe(runsStore.getState().current?.scores);
    pinnedStore.setState(NOTHING_PINNED, true);
    await reload(again);
    expect(pinnedStore.getState().run).toBeUndefined();
  });

  it("takes the place of nothing that the page has by then", async () => {
    const store = createMemoryStore();
    await visit(store);
    collectionStore.setState((state) => readAtOnce(state, "f", RECORDS, REPORT), true);
    candidatesStore.setState(editDraft(NO_CANDIDATES, { text: "old" }), true);
    await idle();
    const after = createMemoryStore(new Map(store.texts));
    forgetPage();
    const keeper = createPageKeeper(after, "tab");
    await keeper.recallShown();
    const rest = keeper.recallRest();
    collectionStore.setState((state) => readAtOnce(state, "g", RECORDS.slice(2), REPORT), true);
    candidatesStore.setState(editDraft(NO_CANDIDATES, { text: "new" }), true);
    await rest;
    expect(collectionStore.getState().name).toBe("g");
    expect(candidatesStore.getState().draft.text).toBe("new");
  });
});

describe("what is kept", () => {
  it("goes when it is cleared", async () => {
    const store = createMemoryStore();
    await visit(store);
    const [text, candidate] = [finishedRun(sourceWith("secret")), finishedRun(sourceWith("a\n\nb"))];
    shelve(text);
    shelve(candidate);
    collectionStore.setState(
      (state) => readAtOnce(state, "f", [{ id: "1", problem: "p", chain: "secret", rest: {} }], REPORT),
      true,
    );
    putRecord(0);
    candidatesStore.setState(editDraft(NO_CANDIDATES, { problem: "p", text: "" }), true);
    takeCandidates(RECORDS);
    await idle();
    expect([...store.texts.values()].join()).toContain("secret");
    expect([...store.texts.keys()].filter((key) => key.startsWith("run/"))).toHaveLength(2);
    clearAll();
    forgetScores();
    putCandidatesAway();
    await idle();
    expect([...store.texts.values()].join()).not.toContain("secret");
    expect([...store.texts.keys()].filter((key) => key.startsWith("run/"))).toEqual([]);
    expect([...store.texts.keys()].filter((key) => /records|taken|pinned|collection/.test(key))).toEqual([]);
  });

  it("of one tab is not shown in another, but for the runs, and the last tabs alone are kept", async () => {
    const store = createMemoryStore();
    await visit(store, "1");
    collectionStore.setState((state) => readAtOnce(state, "f", RECORDS, REPORT), true);
    shelve(finishedRun(sourceWith("a\n\nb")));
    await idle();
    for (const tab of ["2", "3", "4", "5", "6"]) {
      const next = createMemoryStore(new Map(store.texts));
      forgetPage();
      await visit(next, tab);
      expect(collectionStore.getState().records).toEqual([]);
      expect(lastingRuns(shelfStore.getState())).toHaveLength(1);
      candidatesStore.setState(editDraft(NO_CANDIDATES, { text: tab }), true);
      await idle();
      store.texts.clear();
      for (const [key, text] of next.texts) {
        store.texts.set(key, text);
      }
    }
    const tabs = new Set(
      [...store.texts.keys()].filter((key) => key.startsWith("desk/")).map((key) => key[5]),
    );
    expect([...tabs].sort()).toEqual(["2", "3", "4", "5", "6"]);
  });

  it("of a tab that is still open is never forgotten", async () => {
    const locks = createLocks();
    vi.stubGlobal("navigator", { locks });
    void locks.request("stepscope-tab/1", {}, () => new Promise(() => undefined));
    const kept = ["1", "2", "3", "4", "5", "6"].map((tab) => [`desk/${tab}/pinned`, "x"] as const);
    const store = createMemoryStore(new Map(kept));
    await visit(store, "7");
    const tabs = [...store.texts.keys()].filter((key) => key.startsWith("desk/")).map((key) => key[5]);
    expect(tabs.sort()).toEqual(["1", "3", "4", "5", "6"]);
    vi.unstubAllGlobals();
    stubPage();
  });

  it("that is damaged is left out, and the page works", async () => {
    const store = createMemoryStore();
    await visit(store);
    const run = finishedRun(sourceWith("a\n\nb"));
    shelve(run);
    workspaceStore.setState(run.source);
    pinnedStore.setState({ run });
    collectionStore.setState((state) => readAtOnce(state, "f", RECORDS, REPORT), true);
    candidatesStore.setState(editDraft(NO_CANDIDATES, { text: "t" }), true);
    await idle();
    for (const damage of ["", "{", '{"version":9,"value":{}}', '{"version":1,"value":[1]}']) {
      const after = createMemoryStore(new Map([...store.texts.keys()].map((key) => [key, damage])));
      forgetPage();
      await visit(after);
      expect(runsStore.getState().current).toBeUndefined();
      expect(collectionStore.getState().records).toEqual([]);
      expect(candidatesStore.getState().draft.text).toBe("");
      expect(pinnedStore.getState().run).toBeUndefined();
      shelve(run);
      await idle();
      expect([...after.texts.keys()].filter((key) => key.startsWith("run/"))).toHaveLength(1);
    }
  });

  it("is nothing where storage is forbidden, and the page works", async () => {
    const no = () => Promise.reject(new DOMException("no", "SecurityError"));
    await visit({ keys: no, get: no, set: no, update: no, remove: no });
    shelve(finishedRun(sourceWith("a\n\nb")));
    collectionStore.setState((state) => readAtOnce(state, "f", RECORDS, REPORT), true);
    pinnedStore.setState({ run: finishedRun(sourceWith("a")) });
    await idle();
    putRecord(0);
    expect(runsStore.getState().current?.status).toBe("done");
  });
});
