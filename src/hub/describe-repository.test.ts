import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { describeRepository } from "./describe-repository.ts";
import type { HubOptions } from "./hub-fetch.ts";
import { HubServer } from "./testing/hub-server.ts";
import { SERVED_COMMIT } from "./testing/served-repository.ts";

const folder = "e2e/fixtures/checkpoints/tiny-math-shepherd";
const TOKEN = "hf_canary5b1f9c";

let server: HubServer;

beforeAll(async () => {
  server = await HubServer.start({
    token: TOKEN,
    pageSize: 2,
    repositories: {
      "someone/open": { folder, card: { license: "apache-2.0" }, tags: ["license:mit"] },
      "someone/tagged": { folder, tags: ["transformers", "license:mit"] },
      "someone/named": { folder, card: { license: "other", license_name: "qwen" } },
      "someone/other": { folder, card: { license: "other" } },
      "someone/two": { folder, card: { license: ["mit", "cc-by-4.0"] } },
      "someone/silent": { folder },
      "someone/odd": { folder, card: { license: { of: "none" }, license_name: 7 } },
      "someone/hostile": { folder, card: { license: `x\n${"y".repeat(400)}` } },
      "someone/gated": { folder, access: "gated" },
      "someone/private": { folder, access: "private" },
    },
  });
});
afterAll(() => server.close());

function ask(id: string, options: HubOptions = {}, revision?: string) {
  return describeRepository(revision === undefined ? { id } : { id, revision }, {
    hubUrl: server.url,
    retryDelays: [0, 0],
    signal: new AbortController().signal,
    ...options,
  });
}

function hashOf(algorithm: string, path: string, prefix = ""): string {
  return createHash(algorithm)
    .update(prefix)
    .update(readFileSync(`${folder}/${path}`))
    .digest("hex");
}

describe("what a repository holds", () => {
  it("is pinned to a commit and lists every file, over several pages", async () => {
    const repository = await ask("someone/open", {}, "main");
    expect(repository).toMatchObject({
      id: "someone/open",
      revision: SERVED_COMMIT,
      licence: "apache-2.0",
    });
    const paths = repository.files.map(({ path }) => path);
    expect(paths.sort()).toEqual(readdirSync(folder).sort());
    for (const { path, size, url } of repository.files) {
      expect(size).toBe(statSync(`${folder}/${path}`).size);
      expect(url).toBe(`${server.url}/someone/open/resolve/${SERVED_COMMIT}/${path}`);
    }
  });

  it("gives the SHA-256 of large files and git's SHA-1 of small ones", async () => {
    const { files } = await ask("someone/open");
    const shard = files.find(({ path }) => path === "model-00002-of-00003.safetensors");
    expect(shard?.sha256).toBe(hashOf("sha256", "model-00002-of-00003.safetensors"));
    expect(shard?.gitSha1).toBeUndefined();
    const config = files.find(({ path }) => path === "config.json");
    expect(config?.gitSha1).toBe(hashOf("sha1", "config.json", `blob ${config?.size}\0`));
    expect(config?.sha256).toBeUndefined();
  });

  it.each([
    ["someone/tagged", "mit"],
    ["someone/named", "qwen"],
    ["someone/other", "other"],
    ["someone/two", "mit, cc-by-4.0"],
    ["someone/silent", "not stated"],
    ["someone/odd", "not stated"],
    ["someone/hostile", `x?${"y".repeat(158)}…`],
  ])("%s has the licence %s", async (id, licence) => {
    expect((await ask(id)).licence).toBe(licence);
  });
});

describe("what cannot be described", () => {
  it.each(["gpt2", "a/b/c", "../b", "a/..", "a/.git", "https://huggingface.co/a/b", "a/b?x", "a b/c", ""])(
    "%j, which is no repository's id",
    async (id) => {
      await expect(ask(id)).rejects.toMatchObject({ code: "bad-input" });
    },
  );

  it.each(["../main", "a b", "?x"])("the revision %j", async (revision) => {
    await expect(ask("someone/open", {}, revision)).rejects.toMatchObject({ code: "bad-input" });
  });

  it("a revision that is not there", async () => {
    await expect(ask("someone/open", {}, "v9")).rejects.toMatchObject({
      code: "bad-input",
      message: "there is no model repository someone/open with this revision",
    });
  });

  it.each(["someone/private", "someone/missing"])("%s, without a token", async (id) => {
    await expect(ask(id)).rejects.toMatchObject({
      code: "bad-input",
      message: `${id} is private or gated, or does not exist: an access token is needed, which the command line takes from HF_TOKEN`,
    });
  });

  it("a private one, with a token that does not open it", async () => {
    await expect(ask("someone/private", { token: "hf_another" })).rejects.toMatchObject({
      code: "bad-input",
      message:
        "someone/private is private or gated, or does not exist, and the access token given does not open it",
    });
  });

  it("one that is missing for its own members, too", async () => {
    await expect(ask("someone/missing", { token: TOKEN })).rejects.toMatchObject({
      code: "bad-input",
      message: "there is no model repository someone/missing with this revision",
    });
  });

  it("a Hub that is not there", async () => {
    await expect(ask("someone/open", { hubUrl: "http://127.0.0.1:9" })).rejects.toMatchObject({
      code: "download-failed",
      message: "someone/open could not be downloaded: no answer from http://127.0.0.1:9",
    });
  });

  it("a Hub that is no address", async () => {
    await expect(ask("someone/open", { hubUrl: "huggingface.co" })).rejects.toMatchObject({
      code: "bad-input",
    });
  });

  it.each([
    ["null", "null"],
    ["HTML", "<!doctype html>"],
    ["no commit", '{"id": "someone/open", "lastModified": ""}'],
    ["another id", JSON.stringify({ id: "../../x", sha: SERVED_COMMIT })],
  ])("an answer that is %s", async (_what, body) => {
    const fetch = async () => new Response(body);
    await expect(ask("someone/open", { fetch })).rejects.toMatchObject({
      code: "download-failed",
      message: "the Hub's answer about someone/open is not understood",
    });
  });

  it("a listing that goes on at another host", async () => {
    const info = JSON.stringify({ id: "someone/open", sha: SERVED_COMMIT });
    const asked: string[] = [];
    const fetch = async (input: string | URL | Request) => {
      asked.push(String(input));
      return String(input).includes("/tree/")
        ? new Response("[]", { headers: { link: '<https://elsewhere.invalid/next>; rel="next"' } })
        : new Response(info);
    };
    await expect(ask("someone/open", { fetch, token: TOKEN })).rejects.toMatchObject({
      code: "download-failed",
    });
    expect(asked.filter((url) => url.includes("elsewhere"))).toEqual([]);
  });
});

it("leaves out names that could not be used inside of a folder", async () => {
  const info = JSON.stringify({ id: "someone/open", sha: SERVED_COMMIT });
  const names = ["config.json", "../config.json", "a/../b", "/etc/passwd", "c:\\x", "onnx/model.onnx"];
  const entries = names.map((path) => ({ type: "file", path, size: 1 }));
  const fetch = async (input: string | URL | Request) =>
    new Response(String(input).includes("/tree/") ? JSON.stringify(entries) : info);
  const { files } = await ask("someone/open", { fetch });
  expect(files.map(({ path }) => path)).toEqual(["config.json", "onnx/model.onnx"]);
});

it("asks again after an error of the server, and after an answer that broke off", async () => {
  server.failNext("info", { kind: "status", status: 503 });
  server.failNext("tree", { kind: "status", status: 429, headers: { "retry-after": "0" } });
  expect((await ask("someone/open")).files).toHaveLength(readdirSync(folder).length);
  server.failNext("info", ...new Array(3).fill({ kind: "status", status: 500 }));
  await expect(ask("someone/open")).rejects.toMatchObject({
    code: "download-failed",
    message: "someone/open could not be downloaded: HTTP 500",
  });
  let isFirst = true;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (isFirst) {
      isFirst = false;
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode('{"id": '));
          controller.error(new TypeError("terminated"));
        },
      });
      return new Response(body);
    }
    return globalThis.fetch(input, init);
  };
  expect((await ask("someone/open", { fetch })).revision).toBe(SERVED_COMMIT);
});

describe("is stopped", () => {
  it.each([
    [
      "while a question is under way",
      (stop: AbortController, signal: AbortSignal | null | undefined) =>
        new Promise<Response>((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
          stop.abort();
        }),
    ],
    [
      "while it waits to ask again",
      async (stop: AbortController) => {
        setTimeout(() => stop.abort());
        return new Response(null, { status: 503 });
      },
    ],
  ])("%s", async (_when, answer) => {
    const stop = new AbortController();
    const asking = describeRepository(
      { id: "someone/open" },
      { signal: stop.signal, retryDelays: [60_000], fetch: (_input, init) => answer(stop, init?.signal) },
    );
    await expect(asking).rejects.toMatchObject({ code: "cancelled" });
  });
});

it("asks nobody on a device that is offline, and says so at once", async () => {
  const fetch = vi.fn(() => Promise.reject(new TypeError("fetch failed")));
  const asking = ask("someone/open", { fetch, isOffline: () => true, retryDelays: [600_000] });
  await expect(asking).rejects.toMatchObject({
    code: "download-failed",
    message: "someone/open cannot be asked for: this device is offline",
  });
  expect(fetch).not.toHaveBeenCalled();
  expect((await ask("someone/open", { isOffline: () => false })).id).toBe("someone/open");
});

describe("the token", () => {
  it("opens what is private", async () => {
    expect((await ask("someone/private", { token: TOKEN })).id).toBe("someone/private");
  });

  it("is in no error", async () => {
    const failures = await Promise.allSettled([
      ask("someone/missing", { token: TOKEN }),
      ask("someone/private", { token: `${TOKEN}x` }),
      ask("someone/open", { token: TOKEN, hubUrl: "http://127.0.0.1:9" }),
      ask("someone/open", { token: `${TOKEN}\n` }),
      ask("someone/open", { token: TOKEN, fetch: async () => new Response("<html>") }),
    ]);
    expect(failures.map(({ status }) => status)).toEqual(new Array(5).fill("rejected"));
    expect(inspect(failures, { depth: 20, showHidden: true })).not.toContain(TOKEN);
  });
});
