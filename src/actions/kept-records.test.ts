import { expect, it } from "vitest";
import type { ChainRecord } from "../core/chain-record.ts";
import { readRecords, writeRecords } from "./kept-records.ts";
import { createMemoryStore } from "./testing/memory-store.ts";

function records(count: number, characters: number): readonly ChainRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    problem: "p",
    chain: index % 2 === 0 ? "x".repeat(characters) : { thinking: [], response: ["x".repeat(characters)] },
    labels: ["good", null, "bad"],
    firstError: index - 1,
    isCorrect: false,
    rest: { "any thing": [1, { a: null }] },
  }));
}

it("writes a long list in pieces and reads the same list again", async () => {
  const store = createMemoryStore();
  const list = records(9, 100_000);
  const pieces = await writeRecords(store, "a", list);
  expect(pieces?.count).toBeGreaterThan(3);
  expect(await readRecords(store, "a", pieces ?? { stamp: "", count: 0 })).toEqual(list);
});

it("reads every field of a record again, and every field of its source but the one that does harm", async () => {
  const store = createMemoryStore();
  const record: Required<ChainRecord> = {
    id: "1",
    problem: "p",
    isProblemInChain: true,
    chain: "x",
    labels: ["good", null],
    firstError: -1,
    gold: "4",
    isCorrect: true,
    generator: "g",
    rest: { constructor: "c", prototype: [1], toString: "t", empty: null },
  };
  const pieces = await writeRecords(store, "a", [record]);
  expect(await readRecords(store, "a", pieces ?? { stamp: "", count: 0 })).toEqual([record]);

  const text = store.texts.get("a/0") ?? "";
  store.texts.set("a/0", text.replace('"constructor"', '"__proto__":{"polluted":1},"constructor"'));
  const [read] = (await readRecords(store, "a", pieces ?? { stamp: "", count: 0 })) ?? [];
  expect(Object.keys(read?.rest ?? {})).toEqual(Object.keys(record.rest));
  expect(read?.rest).not.toHaveProperty("polluted");
  // No fields at all are none.
  store.texts.set("a/0", text.replace(/"rest":\{.*?\}/, '"rest":[]'));
  expect(await readRecords(store, "a", pieces ?? { stamp: "", count: 0 })).toBeUndefined();
});

it("leaves nothing of the list before, and gives no list that was half written over", async () => {
  const store = createMemoryStore();
  const before = (await writeRecords(store, "a", records(9, 100_000))) ?? { stamp: "", count: 0 };
  await writeRecords(store, "a/b", records(1, 1));
  const after = (await writeRecords(store, "a", records(2, 1))) ?? { stamp: "", count: 0 };
  expect([...store.texts.keys()].sort()).toEqual(["a/0", "a/b/0"]);
  expect(await readRecords(store, "a", before)).toBeUndefined();
  expect(await readRecords(store, "a", after)).toEqual(records(2, 1));
});

it("keeps nothing of a list that is too long, or that cannot be written", async () => {
  const store = createMemoryStore();
  await writeRecords(store, "a", records(1, 1));
  expect(await writeRecords(store, "a", records(3, 8_000_000))).toBeUndefined();
  expect(store.texts.size).toBe(0);
  // Too long by what else its source says.
  const rest = { prompt: "x".repeat(8_000_000) };
  expect(
    await writeRecords(
      store,
      "a",
      records(3, 1).map((record) => ({ ...record, rest })),
    ),
  ).toBeUndefined();
  expect(store.texts.size).toBe(0);
  const [record] = records(1, 1);
  expect(
    await writeRecords(store, "a", record === undefined ? [] : [{ ...record, rest: { n: 1n } }]),
  ).toBeUndefined();
  const full = { ...store, set: () => Promise.reject(new DOMException("full", "QuotaExceededError")) };
  expect(await writeRecords(full, "a", records(1, 1))).toBeUndefined();
});
