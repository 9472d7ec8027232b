import { beforeEach, describe, expect, it, vi } from "vitest";
import { EMPTY_WORKSPACE, editSource, replaceSource, sourceOf, workspaceStore } from "../state/workspace.ts";
import { idle } from "./in-flight.ts";
import { keepText } from "./keep-text.ts";
import { stubPage } from "./testing/page.ts";

/** What the storage holds. */
const MOST_CHARACTERS = 10_000;

let stored: Map<string, string>;
let leave: () => void;

/** A reload of the tab: the page is left, and begins empty. */
function reload(): void {
  leave();
  workspaceStore.setState(EMPTY_WORKSPACE, true);
  keepText();
}

beforeEach(() => {
  stubPage();
  stored = new Map();
  leave = () => undefined;
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > MOST_CHARACTERS) {
        throw new DOMException("full", "QuotaExceededError");
      }
      stored.set(key, value);
    },
    removeItem: (key: string) => stored.delete(key),
  });
  vi.stubGlobal("window", {
    addEventListener: (_: string, listener: () => void) => {
      leave = listener;
    },
  });
  workspaceStore.setState(EMPTY_WORKSPACE, true);
});

describe("keepText", () => {
  it("brings back what was typed, how it is cut, and the rule chosen last", () => {
    keepText();
    workspaceStore.setState(
      (state) => editSource(state, { problem: "p", chain: "a|b c", strategy: "delimiter", delimiter: "|" }),
      true,
    );
    workspaceStore.setState({ own: [{ start: 0, end: 3 }] });
    const before = workspaceStore.getState();
    reload();
    expect(workspaceStore.getState()).toEqual(before);
  });

  it("keeps the text that an example replaced, so that it can be brought back after a reload", () => {
    keepText();
    workspaceStore.setState((state) => editSource(state, { problem: "p", chain: "my own" }), true);
    const own = sourceOf(workspaceStore.getState());
    const example = { id: "e", title: "E" };
    workspaceStore.setState(
      (state) => replaceSource(state, { ...own, chain: "its" }, { example, isOwn: true }),
      true,
    );
    reload();
    expect(workspaceStore.getState()).toMatchObject({ chain: "its", replaced: own });
    // Told once more by the address, the example replaces nothing.
    workspaceStore.setState((state) => replaceSource(state, sourceOf(state), { example, isOwn: true }), true);
    expect(workspaceStore.getState()).toMatchObject({ chain: "its", replaced: own });
  });

  it("has nothing to bring back where what was kept of it is no text", () => {
    stored.set("stepscope-text", '{"problem":"p","chain":"c","replaced":{"problem":"q"}}');
    keepText();
    expect(workspaceStore.getState()).toMatchObject({ chain: "c", replaced: undefined });
  });

  it("brings back no older text where the last one was too long to keep", () => {
    keepText();
    workspaceStore.setState((state) => editSource(state, { problem: "p", chain: "old" }), true);
    leave();
    workspaceStore.setState((state) => editSource(state, { chain: "x".repeat(MOST_CHARACTERS) }), true);
    reload();
    expect(workspaceStore.getState()).toEqual(EMPTY_WORKSPACE);
  });

  it("has kept what was typed when the page does not get to say goodbye", async () => {
    keepText();
    workspaceStore.setState((state) => editSource(state, { problem: "p", chain: "c" }), true);
    await idle();
    workspaceStore.setState(EMPTY_WORKSPACE, true);
    keepText();
    expect(workspaceStore.getState()).toMatchObject({ problem: "p", chain: "c" });
  });

  it("brings back the text that another version of the page kept, cut by the usual rule", () => {
    stored.set("stepscope-text", '{"problem":"p","chain":"c","strategy":"gone","own":[{"start":"0"}]}');
    keepText();
    expect(workspaceStore.getState()).toEqual({ ...EMPTY_WORKSPACE, problem: "p", chain: "c" });
  });

  it.each([
    ["over the end", [{ start: 0, end: 9 }]],
    [
      "out of order",
      [
        { start: 2, end: 3 },
        { start: 0, end: 1 },
      ],
    ],
    ["before the text", [{ start: -1, end: 1 }]],
    ["empty", [{ start: 1, end: 1 }]],
  ])("takes no steps that lie %s", (_, own) => {
    stored.set("stepscope-text", JSON.stringify({ problem: "p", chain: "a b c", own }));
    keepText();
    expect(workspaceStore.getState()).toMatchObject({ chain: "a b c", own: [] });
  });

  it.each(["{", "", "null", "[]", '"text"', "{}", '{"problem":1,"chain":"c"}'])(
    "starts empty where %j is stored",
    (text) => {
      stored.set("stepscope-text", text);
      expect(keepText).not.toThrow();
      expect(workspaceStore.getState()).toEqual(EMPTY_WORKSPACE);
    },
  );
});
