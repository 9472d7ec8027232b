import { describe, expect, it } from "vitest";
import type { ChainRecord } from "./chain-record.ts";
import { differsFromSource, sourceFirstError } from "./source-verdict.ts";

const record: ChainRecord = {
  id: "1",
  problem: "p",
  chain: { thinking: [], response: ["a", "b", "c"] },
  rest: {},
};

describe("what the source says", () => {
  it("is its first error, or the first step that is labelled bad", () => {
    expect(sourceFirstError({ ...record, firstError: -1 })).toBe(-1);
    expect(sourceFirstError({ ...record, labels: ["good", "bad", "bad"] })).toBe(1);
    expect(sourceFirstError({ ...record, labels: ["good", "neutral", "good"] })).toBe(-1);
  });

  it("is nothing where a step before it has not been judged", () => {
    expect(sourceFirstError(record)).toBeUndefined();
    expect(sourceFirstError({ ...record, labels: ["good", null, "good"] })).toBeUndefined();
    expect(sourceFirstError({ ...record, labels: [null, "bad", "good"] })).toBeUndefined();
    expect(sourceFirstError({ ...record, labels: ["good", "bad", null] })).toBe(1);
  });

  it("differs from the model in the step, and for a chain that came uncut in whether there is one", () => {
    expect(differsFromSource({ ...record, firstError: 1 }, 1)).toBe(false);
    expect(differsFromSource({ ...record, firstError: 1 }, 2)).toBe(true);
    expect(differsFromSource({ ...record, firstError: -1 }, -1)).toBe(false);
    const uncut = { ...record, chain: "a\n\nb", firstError: 1 };
    expect(differsFromSource(uncut, 2)).toBe(false);
    expect(differsFromSource(uncut, -1)).toBe(true);
    expect(differsFromSource(record, 0)).toBe(false);
  });
});
