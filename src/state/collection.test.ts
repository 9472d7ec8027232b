import { beforeEach, describe, expect, it } from "vitest";
import type { ChainRecord } from "../core/chain-record.ts";
import {
  addRecords,
  beginReading,
  type Collection,
  collectionStore,
  cutReading,
  endReading,
  isTaken,
  markShown,
  recordOfSource,
  recordsOfSameProblem,
} from "./collection.ts";
import type { Source } from "./workspace.ts";

const record = (id: string, problem: string, chain: ChainRecord["chain"] = "a\n\nb"): ChainRecord => ({
  id,
  problem,
  chain,
  rest: {},
});
const source = (problem: string, chain = "a\n\nb", strategy: Source["strategy"] = "blank-line"): Source => ({
  problem,
  chain,
  strategy,
  delimiter: "",
  own: [],
});
const READING = { bytesDone: 1, bytesTotal: 2 };

let collection: Collection;
beforeEach(() => {
  const begun = beginReading(collectionStore.getInitialState(), "file", 2);
  const records = [record("1", "p"), record("2", "q"), { ...record("3", "p"), firstError: -1 }];
  collection = addRecords(begun, records, READING);
});

describe("a collection", () => {
  it("grows while it is read, and knows how much is labelled", () => {
    expect(collection).toMatchObject({ name: "file", labelledCount: 1, reading: READING });
    const more = addRecords(collection, [record("4", "p")], { ...READING, bytesDone: 2 });
    expect(more.records).toHaveLength(4);
    expect(addRecords(more, [], READING).records).toBe(more.records);
    expect(endReading(more, []).reading).toBeUndefined();
    expect(cutReading(more)).toMatchObject({ isCut: true, reading: undefined });
  });

  it("knows the record that a text came from, until the text is changed", () => {
    const shown = markShown(collection, 0, source("p"));
    expect(recordOfSource(shown, source("p"))?.id).toBe("1");
    expect(recordOfSource(shown, source("p", "a\n\nc"))).toBeUndefined();
    expect(recordOfSource(collection, source("p"))).toBeUndefined();
    // A text that came whole may be cut by any rule; steps that came as such may not.
    expect(recordOfSource(shown, source("p", "a\n\nb", "line"))?.id).toBe("1");
    const steps = addRecords(collection, [record("4", "p", { thinking: [], response: ["a", "b"] })], READING);
    const given = markShown(steps, 3, source("p"));
    expect(recordOfSource(given, source("p"))?.id).toBe("4");
    expect(recordOfSource(given, source("p", "a\n\nb", "line"))).toBeUndefined();
  });

  it("still knows a text as a record's when other files are read", () => {
    const shown = markShown(collection, 0, source("p"));
    const next = beginReading(shown, "other", 1);
    expect(isTaken(next, source("p"))).toBe(true);
    expect(isTaken(next, source("p", "mine"))).toBe(false);
    expect(recordOfSource(next, source("p"))).toBeUndefined();
  });
});

describe("recordsOfSameProblem", () => {
  it("gives the records of the shown one's problem, as the same list each time", () => {
    const shown = markShown(collection, 2, source("p"));
    const same = recordsOfSameProblem(shown);
    expect(same.map(({ id }) => id)).toEqual(["1", "3"]);
    expect(recordsOfSameProblem(markShown(shown, 0, source("p")))).toBe(same);
    expect(recordsOfSameProblem(markShown(shown, 1, source("q"))).map(({ id }) => id)).toEqual(["2"]);
  });

  it("gives none when none is shown or the problem is not known", () => {
    expect(recordsOfSameProblem(collection)).toEqual([]);
    const nameless = addRecords(collection, [record("4", " "), record("5", " ")], READING);
    expect(recordsOfSameProblem(markShown(nameless, 3, source(" ")))).toEqual([]);
  });
});
