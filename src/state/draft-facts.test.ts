import { describe, expect, it } from "vitest";
import type { ChainRecord } from "../core/chain-record.ts";
import { goldFact, problemFact } from "./draft-facts.ts";

const record = (changes: Partial<ChainRecord>): ChainRecord => ({
  id: "1",
  problem: "",
  chain: "c",
  rest: {},
  ...changes,
});

describe("whose the text of a field is", () => {
  it("says of the problem what is scored", () => {
    expect(problemFact([])).toEqual({ kind: "own", except: 0 });
    expect(problemFact([record({}), record({})])).toEqual({ kind: "own", except: 0 });
    expect(problemFact([record({ problem: "baker" }), record({ problem: "baker " })])).toEqual({
      kind: "given",
      text: "baker",
    });
    expect(problemFact([record({ problem: "a" }), record({ problem: "b" })])).toEqual({
      kind: "several",
      count: 2,
    });
    expect(problemFact([record({ problem: "a" }), record({})])).toEqual({ kind: "own", except: 1 });
  });

  it("says of the right answer what is held against", () => {
    expect(goldFact([record({ gold: "26" }), record({ gold: "26" })])).toEqual({ kind: "given", text: "26" });
    expect(goldFact([record({ gold: "26" }), record({})])).toEqual({ kind: "own", except: 1 });
    expect(goldFact([record({ isCorrect: true }), record({ isCorrect: false })])).toEqual({ kind: "judged" });
    // A chain that is judged needs none, and one that is not has its own.
    expect(goldFact([record({ isCorrect: true }), record({ gold: "26" })])).toEqual({
      kind: "given",
      text: "26",
    });
  });
});
