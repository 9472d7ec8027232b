/** What a model repository on the Hub holds, at one commit. */
import { listFiles, modelInfo } from "@huggingface/hub";
import * as v from "valibot";
import { quoteName } from "../convert/malformed.ts";
import { AppError, throwIfAborted } from "../core/errors.ts";
import { FilePath, NOT_STATED } from "../core/manifest.ts";
import { type HubOptions, hubAddress, hubFetch, PATIENCE } from "./hub-fetch.ts";
import type { RemoteFile, Repository } from "./repository.ts";
import { responseBytes } from "./response-bytes.ts";
import { PassingFailure, withRetries } from "./retry.ts";

/** `owner/name`; neither part begins with a dot, so that no path can be written with them. */
const REPOSITORY_ID = /^(?!\.)[\w.-]{1,96}\/(?!\.)[\w.-]{1,96}$/;

/** A branch, a tag, a commit or `refs/pr/1`. */
const REVISION = /^(?!.*\.\.)\w[\w./-]{0,200}$/;

/** Larger than any checkpoint needs; repositories of data sets have more, and are not models. */
const MAX_FILES = 10_000;

const Text = v.pipe(v.string(), v.trim(), v.nonEmpty());
const Sha1 = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/));
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A card is whatever its author wrote: what is not as expected is taken for missing. */
const CardSchema = v.fallback(
  v.object({
    license: v.fallback(v.optional(v.union([Text, v.array(Text)])), undefined),
    license_name: v.fallback(v.optional(Text), undefined),
  }),
  {},
);

const InfoSchema = v.object({
  name: v.pipe(v.string(), v.regex(REPOSITORY_ID)),
  sha: Sha1,
  cardData: CardSchema,
  tags: v.fallback(v.array(v.string()), []),
});
type Info = v.InferOutput<typeof InfoSchema>;

const EntrySchema = v.object({
  type: v.string(),
  path: v.string(),
  size: Size,
  oid: v.optional(Sha1),
  lfs: v.optional(v.object({ oid: Sha256, size: Size })),
});
type Entry = v.InferOutput<typeof EntrySchema>;

export interface RepositoryRequest {
  /** `owner/name` */
  readonly id: string;
  /** Branch, tag or commit; the newest commit of the main branch when absent. */
  readonly revision?: string;
}

/**
 * Asks the Hub for a repository's commit, licence and files. The answer is pinned to the commit, whatever
 * happens to the branch meanwhile.
 * @throws AppError `bad-input` for an id that is not one, and for a repository that is not there or not open to
 * this token; `download-failed` when the Hub cannot be reached or its answer is not understood, at once on a device that is offline; `cancelled`.
 */
export async function describeRepository(
  { id, revision }: RepositoryRequest,
  { signal, ...options }: HubOptions & { readonly signal: AbortSignal },
): Promise<Repository> {
  if (!REPOSITORY_ID.test(id)) {
    throw new AppError("bad-input", `"${quoteName(id)}" is not a repository's id: owner/name`);
  }
  if (revision !== undefined && !REVISION.test(revision)) {
    throw new AppError("bad-input", `"${quoteName(revision)}" is not a branch, a tag or a commit`);
  }
  // Only before the first request: a connection that is lost later may be back before the last attempt.
  if (options.isOffline?.() === true) {
    throw new AppError("download-failed", `${id} cannot be asked for: this device is offline`);
  }
  const fetch = wholeAnswers(hubFetch(options, { repository: id }, signal), id, options, signal);
  const hubUrl = hubAddress(options);
  const ask = <T>(question: () => Promise<T>) =>
    withRetries(() => understood(id, question, signal), {
      signal,
      delays: options.retryDelays,
      onWait: options.onWait,
    });
  const info = await ask(async () =>
    v.parse(
      InfoSchema,
      await modelInfo({
        name: id,
        hubUrl,
        fetch,
        additionalFields: ["sha", "cardData", "tags"],
        ...(revision === undefined ? {} : { revision }),
      }),
    ),
  );
  const entries = await ask(async () => {
    const listed: Entry[] = [];
    const repo = { type: "model", name: info.name } as const;
    for await (const entry of listFiles({ repo, hubUrl, fetch, revision: info.sha, recursive: true })) {
      listed.push(v.parse(EntrySchema, entry));
      if (listed.length > MAX_FILES) {
        throw new AppError("bad-input", `${id} has more than ${MAX_FILES} files`);
      }
    }
    return listed;
  });
  const base = `${hubUrl}/${info.name}/resolve/${info.sha}`;
  return {
    id: info.name,
    revision: info.sha,
    licence: licenceOf(info),
    // Names that could not be used inside a folder belong to no checkpoint.
    files: entries
      .filter(({ type, path }) => type === "file" && v.is(FilePath, path))
      .map((entry) => remoteFile(info.name, base, entry)),
  };
}

function remoteFile(repository: string, base: string, { path, size, oid, lfs }: Entry): RemoteFile {
  const url = `${base}/${path.split("/").map(encodeURIComponent).join("/")}`;
  if (lfs !== undefined) {
    // `oid` is then the blob of the pointer that stands for the file.
    return { repository, path, url, size: lfs.size, sha256: lfs.oid };
  }
  return { repository, path, url, size, ...(oid === undefined ? {} : { gitSha1: oid }) };
}

/** `license: other` says nothing; its name, where there is one, does. */
function licenceOf({ cardData: { license, license_name }, tags }: Info): string {
  const named = license === "other" ? (license_name ?? license) : license;
  const tagged = tags.find((tag) => tag.startsWith("license:"))?.slice("license:".length);
  const found = [named ?? tagged ?? []].flat().join(", ");
  return found === "" ? NOT_STATED : quoteName(found);
}

/** An answer that breaks off fails the request, which can be made again, and not whoever reads it. */
function wholeAnswers(
  fetch: typeof globalThis.fetch,
  id: string,
  { patience = PATIENCE }: HubOptions,
  signal: AbortSignal,
): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    try {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for await (const bytes of responseBytes(response, id, patience, signal)) {
        parts.push(new Uint8Array(bytes));
      }
      return new Response(new Blob(parts), response);
    } catch (cause) {
      throwIfAborted(signal);
      const fact = `the Hub's answer about ${id} broke off`;
      throw new PassingFailure(new AppError("download-failed", fact, {}, cause));
    }
  };
}

/** What the Hub answered with may be anything; what cannot be understood is one error. */
async function understood<T>(id: string, question: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await question();
  } catch (thrown) {
    throwIfAborted(signal);
    if (thrown instanceof AppError || thrown instanceof PassingFailure) {
      throw thrown;
    }
    throw new AppError("download-failed", `the Hub's answer about ${id} is not understood`, {}, thrown);
  }
}
