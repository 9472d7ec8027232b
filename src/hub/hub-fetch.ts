/**
 * The one way this folder asks the Hub. The access token is added here and nowhere else: to requests to the Hub's
 * own origin, so that the servers a download is redirected to never see it (the Fetch standard drops the header
 * where a redirect leaves the origin), and no library that builds messages ever holds it.
 */
import { AppError, throwIfAborted } from "../core/errors.ts";
import type { Milliseconds } from "../core/units.ts";
import { PassingFailure, type RetryWait } from "./retry.ts";

const HUB_URL = "https://huggingface.co";

type Fetch = typeof globalThis.fetch;

export interface HubOptions {
  /** Instead of the global one. */
  readonly fetch?: Fetch;
  /** Address of the Hub, or of a mirror that speaks its protocol; no slash at its end. */
  readonly hubUrl?: string;
  /** Access token of an account, for gated and private repositories. Never stored, never in a message. */
  readonly token?: string;
  /** How long the Hub may not answer, and a connection bring nothing. */
  readonly patience?: Milliseconds;
  /** Waits between attempts; as many attempts as waits, and one more. */
  readonly retryDelays?: readonly Milliseconds[];
  /** Whether the host knows that there is no network. */
  readonly isOffline?: () => boolean;
  /** Told of each wait between attempts. */
  readonly onWait?: (wait: RetryWait) => void;
}

/** What a request is about, for messages. */
export interface Subject {
  /** The repository's id. */
  readonly repository: string;
  /** A file's path; absent when the repository itself is asked for. */
  readonly path?: string;
}

/** What an HTTP header can carry; checked here because the runtime's own message would quote the token. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Gigabytes have no place in the browser's cache; they are kept by whoever asked for them. A constant, because
 * Node's types do not know the option.
 */
const NOT_CACHED = { cache: "no-store" } as const;

const TOKEN_ADVICE = "an access token is needed, which the command line takes from HF_TOKEN";

/** A server may have to fetch a file from its own storage first. */
export const PATIENCE: Milliseconds = 60_000;

/** A server that asks for more than a minute is not waited for. */
const MAX_RETRY_AFTER: Milliseconds = 60_000;

const HTTP = { unauthorized: 401, forbidden: 403, notFound: 404, timeout: 408, tooMany: 429, server: 500 };

/** The Hub's address without a slash at its end. @throws AppError `bad-input` when it is not a URL of HTTP. */
export function hubAddress({ hubUrl = HUB_URL }: HubOptions): string {
  if (!/^https?:\/\/[^/]/.test(hubUrl) || !URL.canParse(hubUrl)) {
    throw new AppError("bad-input", `"${hubUrl}" is not the address of a Hub`);
  }
  return hubUrl.replace(/\/+$/, "");
}

/**
 * A `fetch` that answers only with a status of success.
 * @throws PassingFailure when there is no answer, or one that may be another a moment later; AppError
 * `bad-input` for what is not there or not open to this token; `download-failed` for any other status;
 * `cancelled`.
 */
export function hubFetch(options: HubOptions, subject: Subject, signal: AbortSignal): Fetch {
  const { token, fetch = globalThis.fetch, patience = PATIENCE } = options;
  if (token !== undefined && !TOKEN.test(token)) {
    throw new AppError("bad-input", "the access token has characters that no token has");
  }
  const address = hubAddress(options);
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (new URL(url).origin !== new URL(address).origin) {
      throw new AppError("download-failed", `the Hub named an address of another host: ${url}`);
    }
    const headers = new Headers(init?.headers);
    if (token !== undefined) {
      headers.set("Authorization", `Bearer ${token}`);
    }
    const waited = new AbortController();
    const timer = setTimeout(() => waited.abort(), patience);
    let response: Response;
    try {
      response = await fetch(url, {
        ...init,
        headers,
        credentials: "omit",
        ...NOT_CACHED,
        signal: AbortSignal.any([signal, waited.signal]),
      });
    } catch (cause) {
      throwIfAborted(signal);
      const fact = `${nameOf(subject)} could not be downloaded: no answer from ${address}`;
      throw new PassingFailure(new AppError("download-failed", fact, { url }, cause));
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw failureOf(response, url, subject, token !== undefined);
    }
    return response;
  };
}

function nameOf({ repository, path }: Subject): string {
  return path ?? repository;
}

function failureOf(
  response: Response,
  url: string,
  subject: Subject,
  hasToken: boolean,
): AppError | PassingFailure {
  const { status } = response;
  const details = { url, status };
  if (status === HTTP.unauthorized || status === HTTP.forbidden) {
    return new AppError("bad-input", refusal(response, subject.repository, hasToken), details);
  }
  if (status === HTTP.notFound) {
    const { repository, path } = subject;
    return path === undefined
      ? new AppError("bad-input", `there is no model repository ${repository} with this revision`, details)
      : new AppError("download-failed", `${path} is not in ${repository}`, details);
  }
  const fact = `${nameOf(subject)} could not be downloaded: HTTP ${status}`;
  const error = new AppError("download-failed", fact, details);
  const mayPass = status === HTTP.timeout || status === HTTP.tooMany || status >= HTTP.server;
  return mayPass ? new PassingFailure(error, retryAfter(response)) : error;
}

/** The Hub answers alike for what is private and for what does not exist, so that neither can be told. */
function refusal({ headers }: Response, repository: string, hasToken: boolean): string {
  const isGated = headers.get("x-error-code") === "GatedRepo";
  const what = isGated ? "is gated" : "is private or gated, or does not exist";
  return hasToken
    ? `${repository} ${what}, and the access token given does not open it`
    : `${repository} ${what}: ${TOKEN_ADVICE}`;
}

function retryAfter({ headers }: Response): Milliseconds {
  const seconds = Number(headers.get("retry-after") ?? 0);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0) * 1000, MAX_RETRY_AFTER) : 0;
}
