import { beforeEach, expect, it } from "vitest";
import type { ActionContext } from "../../actions/context.ts";
import { stubPage } from "../../actions/testing/page.ts";
import { MODEL, NOT_COUNTED, NOTHING_ELSE } from "../../actions/testing/scoring.ts";
import { collectionStore, readAtOnce } from "../../state/collection.ts";
import { workspaceStore } from "../../state/workspace.ts";
import { COMMANDS } from "./index.ts";

const ctx: ActionContext = {
  scorer: {
    load: async () => MODEL,
    score: () => Promise.reject(new Error("unasked")),
    countTokens: NOT_COUNTED,
  },
  ...NOTHING_ELSE,
};
const REPORT = { name: "f", format: "text", label: "Text", recordCount: 2, problems: [], problemCount: 0 };

const commandOf = (key: string) => COMMANDS.find(({ keys }) => keys.includes(key));

/** @returns whether the key does anything now */
function press(key: string): boolean {
  const command = commandOf(key);
  const isPossible = command?.isPossible?.() === true;
  if (isPossible) {
    command?.run(ctx);
  }
  return isPossible;
}

beforeEach(() => {
  stubPage();
  collectionStore.setState(collectionStore.getInitialState(), true);
});

it("has keys for the next and the previous chain of a file, as far as there is one", () => {
  expect([press("]"), press("[")]).toEqual([false, false]);
  const records = ["a", "b"].map((chain) => ({ id: chain, problem: "p", chain, rest: {} }));
  collectionStore.setState((state) => readAtOnce(state, "f", records, REPORT), true);
  const chain = () => workspaceStore.getState().chain;
  expect([press("]"), chain()]).toEqual([true, "a"]);
  expect([press("["), chain()]).toEqual([false, "a"]);
  expect([press("]"), chain()]).toEqual([true, "b"]);
  expect([press("]"), chain()]).toEqual([false, "b"]);
  expect([press("["), chain()]).toEqual([true, "a"]);
});
