import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCheckpoint } from "../convert/checkpoint.ts";
import { describeRepository } from "../hub/describe-repository.ts";
import { downloadFile } from "../hub/download-file.ts";
import { downloadFiles } from "../hub/download-files.ts";
import type { RemoteFile } from "../hub/repository.ts";
import { selectCheckpointFiles } from "../hub/select-checkpoint-files.ts";
import { HubServer } from "../hub/testing/hub-server.ts";
import { folderStore } from "./download-store.ts";
import { openFolder } from "./folder-files.ts";
import { bundle, start } from "./testing/built-command.ts";

const CHECKPOINTS = "e2e/fixtures/checkpoints";
const NAME = "tiny-qwen2.5-math-prm";
const LARGE = "model-00001-of-00002.safetensors";

let server: HubServer;
let folder: string;
let files: readonly RemoteFile[];
const signal = new AbortController().signal;

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), "stepscope-download-")), "someone", "prm");
  const id = "someone/prm";
  server = await HubServer.start({ repositories: { [id]: { folder: `${CHECKPOINTS}/${NAME}` } } });
  const repository = await describeRepository({ id }, { hubUrl: server.url, signal });
  const selected = await selectCheckpointFiles(repository, { hubUrl: server.url, signal });
  files = selected.kind === "checkpoint" ? selected.files : [];
});
afterEach(async () => {
  await server.close();
  rmSync(join(folder, "../.."), { recursive: true, force: true });
});

function contextWith(emit: () => void = () => undefined, ownSignal = signal) {
  return { hubUrl: server.url, retryDelays: [0, 0], signal: ownSignal, emit };
}

function large(): RemoteFile {
  const file = files.find(({ path }) => path === LARGE);
  if (file === undefined) {
    throw new Error(`no ${LARGE}`);
  }
  return file;
}

/** Downloads in a process of its own, which dies as soon as so many bytes are told; gives the signal it died of. */
async function runKilled(file: RemoteFile, after: number): Promise<string | null> {
  const settings = { hubUrl: server.url, retryDelays: [] };
  const { file: entry, remove } = await bundle(`
    import { folderStore } from "../../src/cli/download-store.ts";
    import { downloadFile } from "../../src/hub/download-file.ts";
    const emit = ({ done }) => done >= ${after} && process.kill(process.pid, "SIGKILL");
    const { signal } = new AbortController();
    const ctx = { ...${JSON.stringify(settings)}, signal, emit };
    await downloadFile(${JSON.stringify(file)}, folderStore(${JSON.stringify(folder)}), ctx);`);
  try {
    return (await start([entry]).ended).signal;
  } finally {
    remove();
  }
}

const original = (path: string) => readFileSync(join(CHECKPOINTS, NAME, path));
const isWhole = (path: string) => readFileSync(join(folder, path)).equals(original(path));

describe("a folder of downloads", () => {
  it("holds a checkpoint that opens as the original does", async () => {
    await downloadFiles(files, folderStore(folder), contextWith());
    expect(readdirSync(folder).sort()).toEqual(readdirSync(join(CHECKPOINTS, NAME)).sort());
    const [here, there] = [await openFolder(folder), await openFolder(join(CHECKPOINTS, NAME))];
    try {
      const [checkpoint, wanted] = [await openCheckpoint(here), await openCheckpoint(there)];
      expect([...checkpoint.tensors]).toEqual([...wanted.tensors]);
      const name = "score.2.weight";
      expect(await checkpoint.readFloat32(name)).toEqual(await wanted.readFloat32(name));
    } finally {
      await Promise.all([here.close(), there.close()]);
    }
  });

  it("has a file under its own name only once it is whole", async () => {
    const stop = new AbortController();
    const stopped = downloadFile(
      large(),
      folderStore(folder),
      contextWith(() => stop.abort(), stop.signal),
    );
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    expect(readdirSync(folder)).toEqual([`${LARGE}.partial`]);
    const kept = readFileSync(join(folder, `${LARGE}.partial`));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.equals(original(LARGE).subarray(0, kept.length))).toBe(true);
    await downloadFile(large(), folderStore(folder), contextWith());
    expect(readdirSync(folder)).toEqual([LARGE]);
    expect(isWhole(LARGE)).toBe(true);
    expect(server.rangesOf(LARGE)).toEqual(["bytes=0-", `bytes=${kept.length}-`]);
  });

  it("goes on after the process that downloads was killed", { timeout: 60_000 }, async () => {
    const killed = await runKilled(large(), 300_000);
    expect(killed).toBe("SIGKILL");
    expect(readdirSync(folder)).toEqual([`${LARGE}.partial`]);
    const kept = readFileSync(join(folder, `${LARGE}.partial`)).length;
    expect(kept).toBeGreaterThanOrEqual(300_000);
    expect(kept).toBeLessThan(original(LARGE).length);
    await downloadFile(large(), folderStore(folder), contextWith());
    expect(server.rangesOf(LARGE)).toEqual(["bytes=0-", `bytes=${kept}-`]);
    expect(isWhole(LARGE)).toBe(true);
  });

  it("reads what is finished again before it believes it", async () => {
    await downloadFile(large(), folderStore(folder), contextWith());
    await downloadFile(large(), folderStore(folder), contextWith());
    expect(server.rangesOf(LARGE)).toHaveLength(1);
    truncateSync(join(folder, LARGE), 1000);
    await downloadFile(large(), folderStore(folder), contextWith());
    expect(server.rangesOf(LARGE).at(-1)).toBe("bytes=1000-");
    const spoiled = original(LARGE).fill(1, 5000, 5004);
    writeFileSync(join(folder, LARGE), spoiled);
    await downloadFile(large(), folderStore(folder), contextWith());
    expect(server.rangesOf(LARGE).at(-1)).toBe("bytes=0-");
    expect(isWhole(LARGE)).toBe(true);
  });

  it("forgets bytes that are wrong", async () => {
    server.failNext(LARGE, { kind: "flip", at: 70_000 });
    await expect(downloadFile(large(), folderStore(folder), contextWith())).rejects.toMatchObject({
      code: "malformed-file",
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

// The device that is always full: a real ENOSPC.
it.skipIf(!existsSync("/dev/full"))("says so when no space is left", async () => {
  mkdirSync(folder, { recursive: true });
  symlinkSync("/dev/full", join(folder, `${LARGE}.partial`));
  const failing = downloadFile(large(), folderStore(folder), contextWith());
  await expect(failing).rejects.toMatchObject({
    code: "storage-full",
    message: `${join(folder, LARGE)} could not be written: no space is left`,
  });
});

it("says so when the folder cannot be made", async () => {
  mkdirSync(join(folder, ".."), { recursive: true });
  writeFileSync(folder, "a file");
  const failing = downloadFile(large(), folderStore(folder), contextWith());
  await expect(failing).rejects.toMatchObject({ code: "bad-input" });
});

it("writes nothing outside of its folder", async () => {
  await expect(folderStore(folder).open("../escaped")).rejects.toMatchObject({ code: "internal" });
});
