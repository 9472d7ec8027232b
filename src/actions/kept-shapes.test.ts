import { describe, expect, it } from "vitest";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { CandidatesShape, formatKept, formatRun, parseKept, parseRun } from "./kept-shapes.ts";

const RUN = finishedRun(sourceWith("a\n\nb\n\nc", { own: [{ start: 0, end: 4 }] }), "m", 1);

describe("what is written for a reload", () => {
  it("gives the same run again, a part of it unscored or not", () => {
    expect(parseRun(formatRun(RUN))).toEqual(RUN);
    expect(parseRun(formatRun({ ...RUN, digest: "d" }))?.digest).toBe("d");
    const partly = {
      ...RUN,
      scores: [RUN.scores[0], undefined],
      notScored: { from: 1, reason: "beyond-context" as const },
      trajectoryReward: undefined,
      example: { id: "x", title: "X" },
    };
    expect(parseRun(formatRun(partly))).toEqual(partly);
  });

  it("is nothing where it is damaged, foreign, of another version, or of other steps", () => {
    const text = formatRun(RUN);
    for (let end = 0; end < text.length; end += 1) {
      expect(parseRun(text.slice(0, end))).toBeUndefined();
    }
    const foreign = [
      undefined,
      "",
      "null",
      "[]",
      "7",
      '"x"',
      "{}",
      '{"version":1}',
      '{"version":1,"value":{}}',
    ];
    for (const other of foreign) {
      expect(parseRun(other)).toBeUndefined();
      expect(parseKept(CandidatesShape, other)).toBeUndefined();
    }
    expect(parseRun(text.replace('"version":1', '"version":2'))).toBeUndefined();
    expect(parseRun(formatRun({ ...RUN, source: sourceWith("a") }))).toBeUndefined();
    expect(parseRun(formatRun({ ...RUN, scores: RUN.scores.toReversed() }))).toBeUndefined();
    expect(parseRun(text.replace('"reward":0.9', '"reward":"0.9"'))).toBeUndefined();
    const outside = { ...RUN.source, own: [{ start: 3, end: 400 }] };
    expect(parseRun(formatRun({ ...RUN, source: outside }))).toBeUndefined();
  });

  it("is a text that only what was written gives back", () => {
    const value = { draft: { problem: "p", text: "t", gold: "4", strategy: "line", delimiter: "" } };
    expect(parseKept(CandidatesShape, formatKept(value))).toEqual(value);
  });
});
