import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeRepository } from "./describe-repository.ts";
import { MemoryStore } from "./download-store.ts";
import { attemptDownload, FOLDER, fileOf, LARGE, SMALL } from "./testing/attempt-download.ts";
import { HubServer } from "./testing/hub-server.ts";

const TOKEN = "hf_canary5b1f9c";

describe("the token", () => {
  const access = { "someone/gated": { folder: FOLDER, access: "gated" as const } };
  let gated: HubServer;
  beforeEach(async () => {
    gated = await HubServer.start({ repositories: access, token: TOKEN });
  });
  afterEach(() => gated.close());

  const listGated = () =>
    describeRepository(
      { id: "someone/gated" },
      { hubUrl: gated.url, token: TOKEN, signal: new AbortController().signal },
    );

  it("reaches the Hub and never the host a download is redirected to", async () => {
    const listing = await listGated();
    const store = new MemoryStore();
    await attemptDownload(fileOf(LARGE, listing), store, { hubUrl: gated.url, token: TOKEN });
    await attemptDownload(fileOf(SMALL, listing), store, { hubUrl: gated.url, token: TOKEN });
    expect(store.finished.size).toBe(2);
    const bearers = (host: string) => [
      ...new Set(gated.requests.filter((asked) => asked.host === host).map((asked) => asked.authorization)),
    ];
    expect(bearers("hub")).toEqual([`Bearer ${TOKEN}`]);
    expect(bearers("cdn")).toEqual([undefined]);
    expect(inspect(store, { depth: 9, maxArrayLength: 9 })).not.toContain(TOKEN);
  });

  it.each([
    [
      "without one",
      undefined,
      "is gated: an access token is needed, which the command line takes from HF_TOKEN",
    ],
    [
      "with one of someone who was not let in",
      `${TOKEN}x`,
      "is gated, and the access token given does not open it",
    ],
  ])("is asked for, and said nowhere, when a gated repository is read %s", async (_how, token, message) => {
    const file = fileOf(LARGE, await listGated());
    const options = token === undefined ? { hubUrl: gated.url } : { hubUrl: gated.url, token };
    const failed = await attemptDownload(file, new MemoryStore(), options).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ code: "bad-input", message: `someone/gated ${message}` });
    expect(inspect(failed, { depth: 20, showHidden: true })).not.toContain(TOKEN);
  });

  it("goes to no other host than the Hub's, whatever a file's address says", async () => {
    const id = "someone/prm";
    const open = await HubServer.start({ repositories: { [id]: { folder: FOLDER } } });
    const signal = new AbortController().signal;
    const listing = await describeRepository({ id }, { hubUrl: open.url, signal });
    await open.close();
    const file = { ...fileOf(LARGE, listing), url: `${gated.cdnUrl}/${LARGE}` };
    const asked = attemptDownload(file, new MemoryStore(), { hubUrl: gated.url, token: TOKEN });
    await expect(asked).rejects.toMatchObject({ code: "download-failed" });
    expect(gated.requests).toEqual([]);
  });
});
