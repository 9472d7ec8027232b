import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import { describeRepository } from "./describe-repository.ts";
import type { DownloadProgress } from "./download-file.ts";
import { type DownloadStore, MemoryStore } from "./download-store.ts";
import type { RemoteFile, Repository } from "./repository.ts";
import {
  type Attempt,
  attemptDownload,
  FOLDER,
  fileOf as fileIn,
  LARGE,
  SMALL,
} from "./testing/attempt-download.ts";
import { HubServer } from "./testing/hub-server.ts";

let server: HubServer;
let repository: Repository;

beforeEach(async () => {
  const id = "someone/prm";
  server = await HubServer.start({ repositories: { [id]: { folder: FOLDER } } });
  const signal = new AbortController().signal;
  repository = await describeRepository({ id }, { hubUrl: server.url, signal });
});
afterEach(() => server.close());

const fileOf = (path: string, listing = repository) => fileIn(path, listing);

const bytesOf = (path: string) => new Uint8Array(readFileSync(`${FOLDER}/${path}`));

/** Whether a file is there whole, under its own name; element by element vitest would take a second. */
function isWhole(store: MemoryStore, path: string): boolean {
  const bytes = store.finished.get(path);
  return bytes !== undefined && Buffer.compare(bytes, bytesOf(path)) === 0 && !store.unfinished.has(path);
}

/** Downloads and returns the progress. */
function download(
  file: RemoteFile,
  store: DownloadStore,
  attempt: Attempt = {},
): Promise<DownloadProgress[]> {
  return attemptDownload(file, store, { hubUrl: server.url, ...attempt });
}

describe("a file", () => {
  it.each([LARGE, SMALL, "tokenizer.json"])("%s arrives whole, and every byte is told", async (path) => {
    const store = new MemoryStore();
    const told = await download(fileOf(path), store);
    expect(isWhole(store, path)).toBe(true);
    const total = bytesOf(path).length;
    expect(told.at(-1)).toEqual({ phase: "download", done: total, total });
    expect(server.rangesOf(path)).toEqual(["bytes=0-"]);
  });

  it("of no bytes needs no request", async () => {
    const store = new MemoryStore();
    const gitSha1 = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
    await download({ ...fileOf(SMALL), size: 0, gitSha1 }, store);
    expect(store.finished.get(SMALL)).toEqual(new Uint8Array());
    expect(server.rangesOf(SMALL)).toEqual([]);
  });

  it("that is here already is read again, and not downloaded", async () => {
    const store = new MemoryStore();
    store.finished.set(LARGE, bytesOf(LARGE));
    const told = await download(fileOf(LARGE), store);
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(["check"]);
    expect(isWhole(store, LARGE)).toBe(true);
    expect(server.rangesOf(LARGE)).toEqual([]);
  });

  it("of the same length that is another is downloaded anew", async () => {
    const store = new MemoryStore();
    store.finished.set(LARGE, bytesOf(LARGE).fill(7, 1000, 1001));
    await download(fileOf(LARGE), store);
    expect(isWhole(store, LARGE)).toBe(true);
    expect(server.rangesOf(LARGE)).toEqual(["bytes=0-"]);
  });

  it("that is longer than it should be is downloaded anew", async () => {
    const store = new MemoryStore();
    store.unfinished.set(SMALL, new Uint8Array(100_000));
    await download(fileOf(SMALL), store);
    expect(isWhole(store, SMALL)).toBe(true);
  });
});

describe("a connection that breaks", () => {
  it("is made again, and no byte that is here is asked for twice", async () => {
    server.failNext(LARGE, { kind: "cut", after: 100_000 }, { kind: "end", after: 50_000 });
    const store = new MemoryStore();
    const told = await download(fileOf(LARGE), store);
    expect(isWhole(store, LARGE)).toBe(true);
    const ranges = server.rangesOf(LARGE).map((range) => Number(range?.slice("bytes=".length, -1)));
    expect(ranges).toHaveLength(3);
    expect(ranges[0]).toBe(0);
    expect(ranges[1]).toBeGreaterThan(0);
    expect(ranges[2]).toBe((ranges[1] ?? 0) + 50_000);
    // Progress that never falls back has counted every byte once; the ranges start where it stood.
    const done = told.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done).toEqual(expect.arrayContaining(ranges.slice(1)));
  });

  it("for ever ends in an error, and what was received is kept for the next download", async () => {
    server.failNext(LARGE, ...new Array(4).fill({ kind: "cut", after: 20_000 }));
    const store = new MemoryStore();
    await expect(download(fileOf(LARGE), store)).rejects.toMatchObject({
      code: "download-failed",
      message: `${LARGE} stopped arriving`,
    });
    const kept = store.unfinished.get(LARGE)?.length ?? 0;
    expect(kept).toBeGreaterThan(0);
    const told = await download(fileOf(LARGE), store);
    expect(server.rangesOf(LARGE).at(-1)).toBe(`bytes=${kept}-`);
    const checked = told.filter(({ phase }) => phase === "check");
    expect(checked.at(-1)).toEqual({ phase: "check", done: kept, total: bytesOf(LARGE).length });
    expect(isWhole(store, LARGE)).toBe(true);
  });

  it("that stays open and brings nothing counts as broken", async () => {
    server.failNext(LARGE, { kind: "hang", after: 70_000 });
    const store = new MemoryStore();
    await download(fileOf(LARGE), store, { patience: 300 });
    expect(isWhole(store, LARGE)).toBe(true);
    expect(server.rangesOf(LARGE).at(-1)).not.toBe("bytes=0-");
  });

  it("a server that never answers counts as broken", async () => {
    let hung = 0;
    const fetch: typeof globalThis.fetch = (input, init) => {
      hung += 1;
      return hung > 1
        ? globalThis.fetch(input, init)
        : new Promise((_, reject) => {
            init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
          });
    };
    const store = new MemoryStore();
    await download(fileOf(SMALL), store, { fetch, patience: 300 });
    expect(hung).toBe(2);
    expect(isWhole(store, SMALL)).toBe(true);
  });

  describe.each([
    ["a good part has arrived", 1.5, 4],
    ["little has arrived", 0.75, undefined],
  ])("again and again, when %s each time", (_what, megabytes, connections) => {
    it(`is made again ${connections === undefined ? "only as often as without" : "as often as needed"}`, async () => {
      const size = 6 * 1024 * 1024;
      let requests = 0;
      const fetch: typeof globalThis.fetch = async (_input, init) => {
        requests += 1;
        const start = Number(/=(\d+)-/.exec(new Headers(init?.headers).get("range") ?? "")?.[1]);
        const length = Math.min(megabytes * 1024 * 1024, size - start);
        return new Response(new Uint8Array(length), { status: 206 });
      };
      const { sha256: _sha256, ...file } = { ...fileOf(LARGE), size };
      const store = new MemoryStore();
      const downloading = download(file, store, { fetch, retryDelays: [0] });
      if (connections === undefined) {
        await expect(downloading).rejects.toMatchObject({ code: "download-failed" });
        expect(requests).toBe(2);
      } else {
        await downloading;
        expect(requests).toBe(connections);
      }
    });
  });
});

describe("a server", () => {
  it("that fails is asked again", async () => {
    const busy = { kind: "status", status: 429, headers: { "retry-after": "0" } } as const;
    server.failNext(LARGE, { kind: "status", status: 500 }, busy, { kind: "status", status: 503 });
    const store = new MemoryStore();
    await download(fileOf(LARGE), store);
    expect(isWhole(store, LARGE)).toBe(true);
  });

  it("that ignores ranges makes a kept part worthless, and the whole is taken", async () => {
    const store = new MemoryStore();
    store.unfinished.set(LARGE, bytesOf(LARGE).slice(0, 5000));
    server.failNext(LARGE, { kind: "no-ranges" });
    await download(fileOf(LARGE), store);
    expect(server.rangesOf(LARGE)).toEqual(["bytes=5000-"]);
    expect(isWhole(store, LARGE)).toBe(true);
  });

  it("that ignores ranges and always breaks off is not asked for ever", async () => {
    let requests = 0;
    const size = 8 * 1024 * 1024;
    const fetch = async () => {
      requests += 1;
      return new Response(new Uint8Array(size / 2));
    };
    const file = { ...fileOf(LARGE), size };
    await expect(download(file, new MemoryStore(), { fetch })).rejects.toMatchObject({
      code: "download-failed",
    });
    expect(requests).toBe(4);
  });

  it("that answers another range is not believed", async () => {
    const fetch = async () =>
      new Response("x", { status: 206, headers: { "content-range": "bytes 3-3/1064" } });
    await expect(download(fileOf(SMALL), new MemoryStore(), { fetch })).rejects.toMatchObject({
      code: "download-failed",
      message: `${SMALL} came from byte 3, and byte 0 was asked for`,
    });
  });

  it.each([404, 410, 400])("that answers %d is asked once", async (status) => {
    server.failNext(LARGE, { kind: "status", status });
    await expect(download(fileOf(LARGE), new MemoryStore())).rejects.toMatchObject({
      code: "download-failed",
      message:
        status === 404
          ? `${LARGE} is not in someone/prm`
          : `${LARGE} could not be downloaded: HTTP ${status}`,
    });
    expect(server.rangesOf(LARGE)).toHaveLength(1);
  });
});

describe("bytes that are wrong are named and forgotten", () => {
  it.each([
    [LARGE, "SHA-256"],
    [SMALL, "git SHA-1"],
  ])("a flipped bit of %s", async (path, hash) => {
    server.failNext(path, { kind: "flip", at: 500 });
    const store = new MemoryStore();
    await expect(download(fileOf(path), store)).rejects.toMatchObject({
      code: "malformed-file",
      message: `${path}: does not match its ${hash}`,
      details: { file: path },
    });
    expect([store.finished.size, store.unfinished.size]).toEqual([0, 0]);
    await download(fileOf(path), store);
    expect(isWhole(store, path)).toBe(true);
  });

  it("a flipped bit in what an earlier download left", async () => {
    const store = new MemoryStore();
    store.unfinished.set(LARGE, bytesOf(LARGE).slice(0, 5000).fill(1, 4000, 4001));
    await expect(download(fileOf(LARGE), store)).rejects.toMatchObject({ code: "malformed-file" });
    expect(store.unfinished.size).toBe(0);
  });

  it.each([
    ["more", 1],
    ["fewer", -1],
  ])("a file with %s bytes than are listed", async (_what, by) => {
    server.failNext(LARGE, { kind: "resize", by });
    const store = new MemoryStore();
    const size = bytesOf(LARGE).length;
    await expect(download(fileOf(LARGE), store)).rejects.toMatchObject({
      code: "malformed-file",
      message: `${LARGE}: has ${size + by} bytes, and ${size} are listed`,
    });
    expect(store.unfinished.size).toBe(0);
  });

  it("a file that ends where the kept part ends", async () => {
    const store = new MemoryStore();
    const size = bytesOf(LARGE).length;
    store.unfinished.set(LARGE, bytesOf(LARGE).slice(0, size - 10));
    server.failNext(LARGE, { kind: "resize", by: -10 });
    await expect(download(fileOf(LARGE), store)).rejects.toMatchObject({
      code: "malformed-file",
      message: `${LARGE}: ends before byte ${size - 10}, and ${size} bytes are listed`,
    });
  });

  it("an answer without ranges that is too long", async () => {
    const fetch = async () => new Response(new Uint8Array(2000));
    await expect(download(fileOf(SMALL), new MemoryStore(), { fetch })).rejects.toMatchObject({
      code: "malformed-file",
      message: `${SMALL}: is longer than the 1064 bytes that are listed`,
    });
  });
});

describe("a download that is stopped", () => {
  it("keeps what was received", async () => {
    const stop = new AbortController();
    const store = new MemoryStore();
    const onProgress = () => stop.abort();
    const stopped = download(fileOf(LARGE), store, { signal: stop.signal, onProgress });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    const kept = store.unfinished.get(LARGE);
    expect(kept?.length).toBeGreaterThan(0);
    expect(Buffer.compare(kept ?? Buffer.of(), bytesOf(LARGE).slice(0, kept?.length))).toBe(0);
  });

  it("while it waits for a server", async () => {
    const stop = new AbortController();
    server.failNext(LARGE, { kind: "status", status: 503 });
    const stopped = download(fileOf(LARGE), new MemoryStore(), {
      signal: stop.signal,
      retryDelays: [600_000],
      fetch: async (input, init) => {
        setTimeout(() => stop.abort(), 50);
        return globalThis.fetch(input, init);
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
  });

  it("while bytes are awaited", async () => {
    const stop = new AbortController();
    server.failNext(LARGE, { kind: "hang", after: 1000 });
    const onProgress = () => setTimeout(() => stop.abort());
    const stopped = download(fileOf(LARGE), new MemoryStore(), { signal: stop.signal, onProgress });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
  });

  it("while what is kept is read", async () => {
    const stop = new AbortController();
    const store = new MemoryStore();
    store.finished.set(LARGE, bytesOf(LARGE));
    const stopped = download(fileOf(LARGE), store, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    expect(store.unfinished.get(LARGE)).toHaveLength(bytesOf(LARGE).length);
  });

  it("before it began asks for nothing", async () => {
    const asked = server.requests.length;
    const signal = AbortSignal.abort();
    const stopped = download(fileOf(LARGE), new MemoryStore(), { signal });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    expect(server.requests).toHaveLength(asked);
  });
});

it("ends when the store is full, and keeps what fitted", async () => {
  const memory = new MemoryStore();
  const store: DownloadStore = {
    open: async (path) => {
      const file = await memory.open(path);
      const append = async (bytes: Uint8Array) => {
        if (file.size + bytes.length > 100_000) {
          throw new AppError("storage-full", "no space is left");
        }
        await file.append(bytes);
      };
      return Object.defineProperties(Object.create(file), { append: { value: append } });
    },
  };
  await expect(download(fileOf(LARGE), store)).rejects.toMatchObject({ code: "storage-full" });
  expect(memory.unfinished.get(LARGE)?.length).toBeGreaterThan(0);
  await download(fileOf(LARGE), memory);
  expect(server.rangesOf(LARGE)).toHaveLength(2);
  expect(isWhole(memory, LARGE)).toBe(true);
});
