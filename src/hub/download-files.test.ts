import { afterEach, beforeEach, expect, it } from "vitest";
import { describeRepository } from "./describe-repository.ts";
import { downloadFiles, type FilesProgress } from "./download-files.ts";
import { MemoryStore } from "./download-store.ts";
import type { Repository } from "./repository.ts";
import { FOLDER, fileOf, LARGE, SMALL } from "./testing/attempt-download.ts";
import { HubServer } from "./testing/hub-server.ts";

let server: HubServer;
let repository: Repository;

beforeEach(async () => {
  const id = "someone/prm";
  server = await HubServer.start({ repositories: { [id]: { folder: FOLDER } } });
  repository = await describeRepository({ id }, { hubUrl: server.url, signal: new AbortController().signal });
});
afterEach(() => server.close());

it("several files come one after the other, with the progress of all", async () => {
  const store = new MemoryStore();
  const told: FilesProgress[] = [];
  const files = [fileOf(SMALL, repository), fileOf("tokenizer.json", repository), fileOf(LARGE, repository)];
  await downloadFiles(files, store, {
    hubUrl: server.url,
    signal: new AbortController().signal,
    emit: (progress) => told.push(progress),
  });
  const total = files.reduce((sum, { size }) => sum + size, 0);
  expect([...store.finished.keys()]).toEqual(files.map(({ path }) => path));
  expect(told.at(-1)).toEqual({ path: LARGE, phase: "download", done: total, total });
  const done = told.map((progress) => progress.done);
  expect(done).toEqual([...done].sort((a, b) => a - b));
});
