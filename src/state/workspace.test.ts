import { describe, expect, it } from "vitest";
import {
  EMPTY_WORKSPACE,
  editSource,
  isSameSource,
  leaveExample,
  missingField,
  replaceSource,
  restoreSource,
  sourceOf,
  type Workspace,
} from "./workspace.ts";

const typed: Workspace = { ...EMPTY_WORKSPACE, problem: "2 + 2?", chain: "It is 4." };
const other = { ...sourceOf(EMPTY_WORKSPACE), problem: "3 + 3?", chain: "It is 6." };
const example = { id: "six", title: "Six" };
const over = { example, isOwn: true };
const overExample = { example, isOwn: false };

describe("workspace", () => {
  it("names the first empty field, white space counting as empty", () => {
    expect(missingField(EMPTY_WORKSPACE)).toBe("problem");
    expect(missingField({ ...typed, chain: " \n" })).toBe("chain");
    expect(missingField(typed)).toBeUndefined();
  });

  it("keeps a typed text that an example replaces, and brings it back", () => {
    const opened = replaceSource(typed, other, over);
    expect(opened).toMatchObject({ ...other, example });
    expect(restoreSource(opened, false)).toEqual(typed);
  });

  it("keeps the typed text when one example replaces another", () => {
    const opened = replaceSource(replaceSource(typed, other, over), { ...other, chain: "7" }, overExample);
    expect(opened.replaced).toEqual(sourceOf(typed));
  });

  it("has nothing to bring back when nothing was typed", () => {
    const opened = replaceSource(EMPTY_WORKSPACE, other, over);
    expect(opened.replaced).toBeUndefined();
    expect(restoreSource(opened, false)).toBe(opened);
  });

  it("stops being the example when its text is edited, not when it is cut otherwise", () => {
    const opened = replaceSource(EMPTY_WORKSPACE, other, over);
    expect(editSource(opened, { strategy: "line" }).example).toEqual(example);
    expect(editSource(opened, { chain: "It is 5." }).example).toBeUndefined();
  });

  it("puts the person's own rule back when an example's chain is replaced", () => {
    const lines = { ...other, strategy: "line", chain: "first\nsecond\nthird" } as const;
    const opened = replaceSource(
      { ...typed, strategy: "sentence", ownCut: { strategy: "sentence", delimiter: "" } },
      lines,
      over,
    );
    expect(opened.strategy).toBe("line");
    // A correction is still the example's text, in lines.
    expect(editSource(opened, { chain: "first\n2nd\nthird" }).strategy).toBe("line");
    expect(editSource(opened, { chain: `${lines.chain}\n${lines.chain}\n${lines.chain}` }).strategy).toBe(
      "line",
    );
    expect(editSource(opened, { chain: "another chain. Of two sentences." }).strategy).toBe("sentence");
    expect(editSource(opened, { chain: "" }).strategy).toBe("sentence");
    expect(leaveExample(opened)).toMatchObject({ chain: "", strategy: "sentence" });
  });

  it("takes a rule chosen while an example is shown for the person's own", () => {
    const opened = editSource(replaceSource(EMPTY_WORKSPACE, other, over), { strategy: "line" });
    expect(editSource(opened, { chain: "mine" }).strategy).toBe("line");
  });

  it("drops the complaint once the field is filled", () => {
    const flagged: Workspace = { ...EMPTY_WORKSPACE, missing: "problem" };
    expect(editSource(flagged, { chain: "x" }).missing).toBe("problem");
    expect(editSource(flagged, { problem: "x" }).missing).toBeUndefined();
  });

  it("tells sources apart by every part", () => {
    expect(isSameSource(typed, sourceOf(typed))).toBe(true);
    expect(isSameSource(typed, { ...sourceOf(typed), delimiter: "|" })).toBe(false);
  });
});
