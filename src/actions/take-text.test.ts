import { beforeEach, describe, expect, it } from "vitest";
import { segmentTrace } from "../core/segment/index.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, editSource, workspaceStore } from "../state/workspace.ts";
import { clearAll } from "./clear-all.ts";
import { editText } from "./edit-text.ts";
import { loadGallery, openExample } from "./gallery.ts";
import { bringBackText } from "./put-text.ts";
import { takeText } from "./take-text.ts";
import { stubPage } from "./testing/page.ts";

const workspace = () => workspaceStore.getState();

beforeEach(async () => {
  stubPage();
  runsStore.setState(NO_RUN, true);
  viewStore.setState(INITIAL_VIEW, true);
  workspaceStore.setState(EMPTY_WORKSPACE, true);
  await loadGallery();
});

describe("another text over an example that is cut by lines", () => {
  it("cuts the new chain by the rule chosen before", () => {
    openExample("savings-line");
    expect(workspace().strategy).toBe("line");
    takeText("One step\nof two lines.\n\nAnother.");
    expect(workspace()).toMatchObject({ problem: "", strategy: "blank-line" });

    workspaceStore.setState((state) => editSource(state, { strategy: "sentence" }), true);
    openExample("savings-line");
    takeText("One. Two.");
    expect(workspace().strategy).toBe("sentence");
  });

  it("shows the new chain, not the example's scores", () => {
    openExample("savings-line");
    takeText("Another chain.");
    expect(runsStore.getState().current).toBeUndefined();

    openExample("savings-line");
    editText({ chain: `${workspace().chain}\nOne more line.` });
    expect(runsStore.getState().current?.example?.id).toBe("savings-line");
    editText({ chain: "Another chain." });
    expect(runsStore.getState().current).toBeUndefined();

    openExample("savings-line");
    bringBackText();
    expect(workspace().chain).toBe("Another chain.");
    expect(runsStore.getState().current).toBeUndefined();
  });

  it("leaves Clear with the rule chosen before", () => {
    openExample("savings-line");
    clearAll();
    expect(workspace()).toMatchObject({ chain: "", strategy: "blank-line" });
  });
});

describe("takeText of a list of steps", () => {
  const steps = () => segmentTrace(workspace()).steps;

  it("keeps a step whole that the rule in force would cut", () => {
    takeText('{"problem":"p","steps":["a\\n\\nb","c"]}');
    expect(steps().map(({ text }) => text)).toEqual(["a\n\nb", "c"]);

    // Even one that holds the mark that would part them, and under any rule.
    workspaceStore.setState((state) => editSource(state, { strategy: "line" }), true);
    takeText('{"problem":"p","steps":["a\\n<step>","<step 2>","c"]}');
    expect(steps().map(({ text }) => text)).toEqual(["a\n<step>", "<step 2>", "c"]);
    takeText("one\ntwo");
    expect(workspace().strategy).toBe("line");
  });

  it("leaves the rule alone where it finds the same steps", () => {
    takeText('{"problem":"p","steps":["a","b\\nc"]}');
    expect(workspace()).toMatchObject({ chain: "a\n\nb\nc", strategy: "blank-line" });
  });

  it("keeps thinking that comes as steps in its lane", () => {
    takeText('{"problem":"p","reasoning":["a\\n\\nb","c"],"response":["d","e"]}');
    expect(steps().map(({ lane, text }) => [lane, text])).toEqual([
      ["thinking", "a\n\nb"],
      ["thinking", "c"],
      ["response", "d"],
      ["response", "e"],
    ]);
  });
});
