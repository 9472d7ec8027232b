import { beforeEach, expect, it } from "vitest";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import {
  clearedTextsStore,
  correctionsOf,
  correctTag,
  tagCorrectionsStore,
} from "../state/tag-corrections.ts";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import { clearAll } from "./clear-all.ts";
import { idle } from "./in-flight.ts";
import { createTagKeeper } from "./keep-tags.ts";
import { formatKept } from "./kept-shapes.ts";
import type { KeptStore } from "./kept-store.ts";
import { bringBackText } from "./put-text.ts";
import { createMemoryStore } from "./testing/memory-store.ts";
import { stubPage } from "./testing/page.ts";

function forgetPage(): void {
  runsStore.setState(NO_RUN, true);
  shelfStore.setState(EMPTY_SHELF, true);
  tagCorrectionsStore.setState(new Map(), true);
  clearedTextsStore.setState(new Map(), true);
}

async function visit(store: KeptStore): Promise<void> {
  const keeper = createTagKeeper(store);
  await keeper.recall();
  keeper.start();
}

/** What a reload finds: nothing that the page writes after this reaches it. */
async function reload(store: ReturnType<typeof createMemoryStore>): Promise<void> {
  await idle();
  const after = createMemoryStore(new Map(store.texts));
  forgetPage();
  await visit(after);
}

beforeEach(() => {
  stubPage();
  workspaceStore.setState(EMPTY_WORKSPACE, true);
  forgetPage();
});

it("merges what two tabs set right in one text, step by step", async () => {
  const store = createMemoryStore();
  await visit(store);
  const { trace } = finishedRun(sourceWith("a\n\nb\n\nc"));
  const set = (index: number, tag: "verify" | "plan" | undefined) => {
    tagCorrectionsStore.setState((state) => correctTag(state, trace, index, tag), true);
    return idle();
  };
  await set(0, "verify");
  await set(1, "plan");
  const [key = ""] = tagCorrectionsStore.getState().keys();
  // The other tab took one of them back, and set another.
  store.texts.set(
    "tags",
    formatKept([
      [
        key,
        [
          [1, "plan"],
          [2, "verify"],
        ],
      ],
    ]),
  );
  await set(1, "verify");
  await reload(store);
  expect([...correctionsOf(tagCorrectionsStore.getState(), trace)].sort()).toEqual([
    [1, "verify"],
    [2, "verify"],
  ]);
});

it("writes down nothing of the texts that tags were set right in, and reads what an earlier version wrote", async () => {
  const store = createMemoryStore();
  await visit(store);
  const run = finishedRun(sourceWith("a secret\n\nand its answer"));
  runsStore.setState({ current: run });
  tagCorrectionsStore.setState((state) => correctTag(state, run.trace, 1, "verify"), true);
  await idle();
  expect(store.texts.get("tags")).toContain("verify");
  expect(store.texts.get("tags")).not.toContain("secret");

  const whole = JSON.stringify([
    run.trace.problem,
    run.trace.chain,
    run.trace.steps.map(({ start }) => start),
  ]);
  forgetPage();
  const old = createMemoryStore(new Map([["tags", formatKept([[whole, [[0, "plan"]]]])]]));
  await visit(old);
  expect([...correctionsOf(tagCorrectionsStore.getState(), run.trace)]).toEqual([[0, "plan"]]);
  expect(old.texts.get("tags")).toContain("plan");
  expect(old.texts.get("tags")).not.toContain("secret");
});

it("forgets the tags of a text that is cleared, unless that is taken back", async () => {
  const store = createMemoryStore();
  await visit(store);
  const run = finishedRun(sourceWith("a\n\nb"));
  workspaceStore.setState(run.source);
  runsStore.setState({ current: run });
  tagCorrectionsStore.setState((state) => correctTag(state, run.trace, 1, "verify"), true);
  await idle();
  clearAll();
  await idle();
  expect(store.texts.get("tags")).not.toContain("verify");
  bringBackText();
  await idle();
  expect(store.texts.get("tags")).toContain("verify");
  clearAll();
  await reload(store);
  expect(tagCorrectionsStore.getState().size).toBe(0);
});
