import { expect, it } from "vitest";
import type { ChainRecord } from "../core/chain-record.ts";
import { filterRecords, NO_FILTER } from "./record-filter.ts";

const RECORDS: readonly ChainRecord[] = [
  { id: "gsm8k-0", problem: "Apples", chain: "a", rest: {}, firstError: 1 },
  { id: "gsm8k-1", problem: "Pears and apples", chain: "a", rest: {}, firstError: -1 },
  { id: "math-0", problem: "Sums", chain: "a", rest: {} },
  { id: "math-1", problem: "Sums", chain: "a", rest: {}, labels: [null, "bad"] },
];

it("finds a text in ids and problems, in any case", () => {
  expect(filterRecords(RECORDS, { ...NO_FILTER, find: " APPLE" })).toEqual([0, 1]);
  expect(filterRecords(RECORDS, { ...NO_FILTER, find: "math-1" })).toEqual([3]);
  expect(filterRecords(RECORDS, { ...NO_FILTER, find: "nothing" })).toEqual([]);
});

it("tells chains by what their source says", () => {
  expect(filterRecords(RECORDS, { ...NO_FILTER, labels: "error" })).toEqual([0, 3]);
  expect(filterRecords(RECORDS, { ...NO_FILTER, labels: "right" })).toEqual([1]);
  expect(filterRecords(RECORDS, { ...NO_FILTER, labels: "unlabelled" })).toEqual([2]);
  expect(filterRecords(RECORDS, { find: "sums", labels: "error" })).toEqual([3]);
});

it("finds those of which a model says another thing, as it is told", () => {
  const disputed = (record: ChainRecord) => record.id.endsWith("1");
  expect(filterRecords(RECORDS, { ...NO_FILTER, labels: "disputed" }, disputed)).toEqual([1, 3]);
  expect(filterRecords(RECORDS, { find: "sums", labels: "disputed" }, disputed)).toEqual([3]);
});

it("copies nothing when all pass", () => {
  expect(filterRecords(RECORDS, NO_FILTER)).toBeUndefined();
});
