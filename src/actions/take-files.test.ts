import { beforeEach, describe, expect, it, vi } from "vitest";
import { type ChainRecord, MAX_CHAIN_CHARS } from "../core/chain-record.ts";
import { AppError } from "../core/errors.ts";
import type { FileReport, Intake } from "../core/intake.ts";
import { collectionStore } from "../state/collection.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, editSource, workspaceStore } from "../state/workspace.ts";
import type { ActionContext } from "./context.ts";
import { moveRecord, showRecord } from "./show-record.ts";
import { cancelReading, readAs, takeFiles } from "./take-files.ts";
import { takeIfData, takeText, typeText } from "./take-text.ts";
import { stubPage } from "./testing/page.ts";

const workspace = () => workspaceStore.getState();
const collection = () => collectionStore.getState();
const FILES = [new File(["x"], "data.jsonl")];

const record = (id: string, problem: string, chain = `chain ${id}`): ChainRecord => ({
  id,
  problem,
  chain,
  rest: {},
});
const report = (recordCount: number): FileReport => ({
  name: "data.jsonl",
  format: "generic",
  label: "Problem and response",
  recordCount,
  problems: [],
  problemCount: 0,
});

function contextWith(read: Intake["read"]): ActionContext {
  // Nothing but the intake is used of it.
  return { intake: { read } } as unknown as ActionContext;
}

/** Answers with these records at once. */
function giving(...records: readonly ChainRecord[]) {
  return contextWith(async (_, { emit }) => {
    emit({ records, bytesDone: 1, bytesTotal: 1 });
    return [report(records.length)];
  });
}

beforeEach(() => {
  stubPage();
  runsStore.setState(NO_RUN, true);
  viewStore.setState(INITIAL_VIEW, true);
  workspaceStore.setState(EMPTY_WORKSPACE, true);
  collectionStore.setState(collectionStore.getInitialState(), true);
});

describe("takeFiles", () => {
  it("puts a single chain in the fields", async () => {
    await takeFiles(giving(record("1", "p")), FILES);
    expect(workspace()).toMatchObject({ problem: "p", chain: "chain 1" });
    expect(viewStore.getState().cover).toBeUndefined();
  });

  it("opens the list of several, over the first", async () => {
    await takeFiles(giving(record("1", "p"), record("2", "q")), FILES);
    expect(viewStore.getState().cover).toBe("records");
    expect(workspace().problem).toBe("p");
    showRecord(1);
    expect(viewStore.getState().cover).toBeUndefined();
    expect(workspace().problem).toBe("q");
    moveRecord(1);
    expect(workspace().problem).toBe("q");
    moveRecord(-1);
    expect(workspace().problem).toBe("p");
  });

  it("keeps a person's text to bring back, and no record's", async () => {
    workspaceStore.setState((state) => editSource(state, { problem: "mine", chain: "mine too" }), true);
    await takeFiles(giving(record("1", "p"), record("2", "q")), FILES);
    showRecord(1);
    await takeFiles(giving(record("3", "r")), FILES);
    expect(workspace()).toMatchObject({ problem: "r", replaced: { problem: "mine", chain: "mine too" } });
  });

  it("keeps the problem that was typed for a chain without one, and not another record's", async () => {
    workspaceStore.setState((state) => editSource(state, { problem: "mine" }), true);
    await takeFiles(giving(record("1", "")), FILES);
    expect(workspace()).toMatchObject({ problem: "mine", chain: "chain 1" });
    await takeFiles(giving(record("1", "p"), record("2", "")), FILES);
    showRecord(1);
    expect(workspace().problem).toBe("");
  });

  it("leaves what was there when nothing can be read, and says why", async () => {
    await takeFiles(giving(record("1", "p"), record("2", "q")), FILES);
    const before = collection();
    const refusing = contextWith(() => Promise.reject(new AppError("bad-input", "data: it is empty")));
    await readAs(refusing, "prm800k");
    expect(collection()).toEqual({
      ...before,
      refusal: expect.objectContaining({ message: "data: it is empty" }),
    });
    const problems = [{ row: 1, message: 'its "x" is missing' }];
    await readAs(
      contextWith(() => Promise.resolve([{ ...report(0), problems, problemCount: 1 }])),
      "prm800k",
    );
    expect(collection().records).toBe(before.records);
    expect(collection().refusal?.message).toBe(
      'data.jsonl: no chain could be read; row 1: its "x" is missing',
    );
  });

  it("keeps what was read when it is stopped or breaks off", async () => {
    const stopping = contextWith((_, { emit, signal }) => {
      emit({ records: [record("1", "p"), record("2", "q")], bytesDone: 1, bytesTotal: 2 });
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new AppError("cancelled", "stopped")));
      });
    });
    const reading = takeFiles(stopping, FILES);
    cancelReading();
    await reading;
    expect(collection()).toMatchObject({ isCut: true, reading: undefined, refusal: undefined });
    expect(collection().records).toHaveLength(2);
  });

  describe("while another is being read", () => {
    /** Gives these records and reads on until it is stopped. */
    const endless = (...records: readonly ChainRecord[]) =>
      contextWith((_, { emit, signal }) => {
        emit({ records, bytesDone: 1, bytesTotal: 2 });
        return new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new AppError("cancelled", "stopped")));
        });
      });
    const refusing = contextWith(() => Promise.reject(new AppError("bad-input", "data: it is empty")));

    it("keeps what was read so far when the other is refused, and ends the reading", async () => {
      const first = takeFiles(endless(record("1", "p"), record("2", "q")), FILES);
      await vi.waitFor(() => expect(collection().records).toHaveLength(2));
      await takeFiles(refusing, [new File([], "empty.jsonl")]);
      await first;
      expect(collection()).toMatchObject({
        name: "data.jsonl",
        reading: undefined,
        isCut: true,
        refusal: { message: "data: it is empty" },
      });
      expect(collection().records).toHaveLength(2);
    });

    it("comes back to what was there before both when neither gives anything", async () => {
      await takeFiles(giving(record("1", "p")), FILES);
      const before = collection();
      const first = takeFiles(endless(), [new File(["x"], "slow.jsonl")]);
      await takeFiles(refusing, [new File([], "empty.jsonl")]);
      await first;
      expect(collection()).toEqual({
        ...before,
        refusal: expect.objectContaining({ message: "data: it is empty" }),
      });
      // What is read again is what is there.
      const read = vi.fn<Intake["read"]>(async () => [report(0)]);
      await readAs(contextWith(read), "prm800k");
      expect(read.mock.calls[0]?.[0].files).toBe(FILES);
    });
  });

  it("lets a later reading win, and a paste", async () => {
    let finish: (reports: readonly FileReport[]) => void = () => undefined;
    const late = contextWith((_, { emit }) => {
      emit({ records: [record("late", "late")], bytesDone: 1, bytesTotal: 2 });
      return new Promise((resolve) => (finish = resolve));
    });
    const reading = takeFiles(late, FILES);
    takeText('{"problem":"pasted","chain":"c"}');
    finish([report(1)]);
    await reading;
    expect(collection()).toMatchObject({ name: "Pasted text", isCut: false });
    expect(workspace().problem).toBe("pasted");
  });
});

describe("takeText of a chain without a problem", () => {
  it("does not ask it under the problem of a record that was pasted before", () => {
    takeText('{"problem":"p","chain":"c"}');
    takeText("Another chain.");
    expect(workspace()).toMatchObject({ problem: "", chain: "Another chain." });
  });

  it("nor when the record's chain was changed since", () => {
    takeText('{"problem":"p","chain":"c"}');
    workspaceStore.setState((state) => editSource(state, { chain: "c, changed" }), true);
    takeText("Another chain.");
    expect(workspace().problem).toBe("");
  });

  it("keeps a problem that was typed, for one chain after another", () => {
    takeText('{"problem":"p","chain":"c"}');
    workspaceStore.setState((state) => editSource(state, { problem: "mine" }), true);
    takeText("One chain.");
    takeText("Another chain.");
    expect(workspace()).toMatchObject({ problem: "mine", chain: "Another chain." });
  });
});

describe("takeIfData", () => {
  it("takes data, and leaves a text to the field", () => {
    const ctx = giving();
    expect(takeIfData(ctx, "just [text]")).toBe(false);
    expect(takeIfData(ctx, "{not data}")).toBe(false);
    expect(takeIfData(ctx, '{"a":1}')).toBe(false);
    expect(workspace().chain).toBe("");
    expect(takeIfData(ctx, '{"problem":"p","chain":"c"}')).toBe(true);
    expect(workspace()).toMatchObject({ problem: "p", chain: "c" });
  });

  it("has a text that no field can hold read as a file is", async () => {
    const names: string[] = [];
    const ctx = contextWith(async ({ files }, { emit }) => {
      names.push(...files.map(({ name }) => name));
      emit({ records: [record("1", "p")], bytesDone: 1, bytesTotal: 1 });
      return [report(1)];
    });
    expect(takeIfData(ctx, "x".repeat(MAX_CHAIN_CHARS + 1))).toBe(true);
    await vi.waitFor(() => expect(workspace().chain).toBe("chain 1"));
    expect(names).toEqual(["Pasted text"]);
  });
});

describe("typeText", () => {
  it("refuses what no field can hold, and keeps what was there", () => {
    typeText("chain", "x".repeat(MAX_CHAIN_CHARS));
    expect(workspace().chain).toHaveLength(MAX_CHAIN_CHARS);
    expect(collection().refusal).toBeUndefined();
    typeText("chain", "x".repeat(MAX_CHAIN_CHARS + 1));
    expect(workspace().chain).toHaveLength(MAX_CHAIN_CHARS);
    expect(collection().refusal?.details).toMatchObject({ why: "too-large" });
    typeText("problem", "p");
    expect(workspace().problem).toBe("p");
  });
});
