import { expect, it } from "vitest";
import { type ChainRecord, stepLabels } from "./chain-record.ts";

const RECORD: ChainRecord = {
  id: "1",
  problem: "p",
  chain: { thinking: ["a"], response: ["b", "c"] },
  rest: {},
};

it.each<[string, Partial<ChainRecord>, ReturnType<typeof stepLabels>]>([
  ["nothing", {}, [null, null, null]],
  [
    "a first error: what is before it is good, what follows is open",
    { firstError: 1 },
    ["good", "bad", null],
  ],
  ["no error", { firstError: -1 }, ["good", "good", "good"]],
  [
    "labels, whatever the first error",
    { firstError: 2, labels: ["good", "neutral", "bad"] },
    ["good", "neutral", "bad"],
  ],
  ["fewer labels than steps", { labels: ["bad"] }, ["bad", null, null]],
  ["a chain that came uncut: its steps are the reader's", { chain: "a", firstError: 0 }, []],
])("the labels of steps by %s", (_, said, labels) => {
  expect(stepLabels({ ...RECORD, ...said })).toEqual(labels);
});
