/**
 * The part of the Hub that Stepscope speaks with, over folders on disk, on this machine alone. As there, large
 * files are redirected to another host and small ones to another path of the same.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Fault, serveRange } from "./served-range.ts";
import {
  describeServed,
  isLarge,
  listServed,
  readServed,
  SERVED_COMMIT,
  type ServedRepository,
} from "./served-repository.ts";

export interface HubServerOptions {
  /** By id. */
  readonly repositories: Readonly<Record<string, ServedRepository>>;
  /** The token that opens gated and private repositories. */
  readonly token?: string;
  /** Entries in one answer of a listing. */
  readonly pageSize?: number;
}

export interface ReceivedRequest {
  readonly host: "hub" | "cdn";
  /** Without its query. */
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

const PORT_ANY = 0;

/** What a page of another origin needs to be let through. */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, range",
  "access-control-expose-headers": "content-range, etag, link, x-error-code",
};

export class HubServer {
  /** Everything that was asked, in order. */
  readonly requests: ReceivedRequest[] = [];
  readonly #options: HubServerOptions;
  readonly #faults = new Map<string, Fault[]>();
  readonly #hub: Server;
  readonly #cdn: Server;

  private constructor(options: HubServerOptions) {
    this.#options = options;
    this.#hub = createServer((request, response) => this.#answer("hub", request, response, this.#answerHub));
    this.#cdn = createServer((request, response) => this.#answer("cdn", request, response, this.#answerCdn));
  }

  static async start(options: HubServerOptions): Promise<HubServer> {
    const server = new HubServer(options);
    for (const part of [server.#hub, server.#cdn]) {
      await new Promise<void>((resolve) => part.listen(PORT_ANY, "127.0.0.1", resolve));
    }
    return server;
  }

  /** Address of the Hub. */
  get url(): string {
    return addressOf(this.#hub);
  }

  /** Address of the host large files are redirected to. */
  get cdnUrl(): string {
    return addressOf(this.#cdn);
  }

  /** The next answers with a file's bytes, or of `info` and `tree` of the API, go wrong so, one after the other. */
  failNext(name: string, ...faults: readonly Fault[]): void {
    this.#faults.set(name, [...(this.#faults.get(name) ?? []), ...faults]);
  }

  /** Ranges of a file that were asked for where its bytes are. */
  rangesOf(path: string): (string | undefined)[] {
    return this.requests
      .filter(({ host, path: asked }) => (host === "cdn") === isLarge(path) && asked.endsWith(`/${path}`))
      .filter(({ path: asked }) => !asked.includes("/resolve/"))
      .map(({ range }) => range);
  }

  async close(): Promise<void> {
    for (const part of [this.#hub, this.#cdn]) {
      part.closeAllConnections();
      await new Promise((resolve) => part.close(resolve));
    }
  }

  #answer(
    host: "hub" | "cdn",
    request: IncomingMessage,
    response: ServerResponse,
    answer: (url: URL, request: IncomingMessage, response: ServerResponse) => void,
  ): void {
    const url = new URL(request.url ?? "/", "http://any");
    const path = decodeURIComponent(url.pathname);
    const { range, authorization } = request.headers;
    for (const [name, value] of Object.entries(CORS)) {
      response.setHeader(name, value);
    }
    if (request.method === "OPTIONS") {
      response.writeHead(204).end();
      return;
    }
    this.requests.push({ host, path, range, authorization });
    answer.call(this, url, request, response);
  }

  #answerHub(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(url.pathname);
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/(.+)$/.exec(path);
    const file = /^\/(?:api\/resolve-cache\/)?([^/]+\/[^/]+)\/(?:resolve\/)?([0-9a-f]{40})\/(.+)$/.exec(path);
    const [, id = "", second = "", third = ""] = api ?? file ?? [];
    const repository = this.#options.repositories[id];
    const hasToken =
      this.#options.token !== undefined && request.headers.authorization === `Bearer ${this.#options.token}`;
    if (repository === undefined || (repository.access === "private" && !hasToken)) {
      // The Hub does not tell strangers whether there is such a repository.
      fail(response, hasToken ? 404 : 401, "RepoNotFound");
    } else if (api !== null) {
      this.#answerApi(second, third, id, repository, url, response);
    } else if (repository.access === "gated" && !hasToken) {
      fail(response, request.headers.authorization === undefined ? 401 : 403, "GatedRepo");
    } else if (path.startsWith("/api/resolve-cache/")) {
      this.#sendFile(repository, third, request, response);
    } else if (readServed(repository, third) === undefined) {
      fail(response, 404, "EntryNotFound");
    } else {
      const place = `${id}/${second}/${encodeURIComponent(third)}`;
      const location = isLarge(third) ? `${this.cdnUrl}/${place}?signature=1` : `/api/resolve-cache/${place}`;
      response.writeHead(isLarge(third) ? 302 : 307, { location }).end();
    }
  }

  #answerApi(
    kind: string,
    revision: string,
    id: string,
    repository: ServedRepository,
    url: URL,
    response: ServerResponse,
  ): void {
    const fault = this.#nextFault(kind === "tree" ? "tree" : "info");
    if (fault?.kind === "status") {
      response.writeHead(fault.status, fault.headers).end();
    } else if (!["HEAD", "main", SERVED_COMMIT].includes(revision)) {
      fail(response, 404, "RevisionNotFound");
    } else if (kind === "revision") {
      sendJson(response, describeServed(id, repository));
    } else {
      const { pageSize = 1000 } = this.#options;
      const cursor = Number(url.searchParams.get("cursor") ?? 0);
      const entries = listServed(repository);
      const next = new URL(`${url.pathname}${url.search}`, this.url);
      next.searchParams.set("cursor", String(cursor + pageSize));
      if (cursor + pageSize < entries.length) {
        response.setHeader("link", `<${next}>; rel="next"`);
      }
      sendJson(response, entries.slice(cursor, cursor + pageSize));
    }
  }

  #answerCdn(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const [, id = "", path = ""] = /^\/([^/]+\/[^/]+)\/[0-9a-f]{40}\/(.+)$/.exec(url.pathname) ?? [];
    const repository = this.#options.repositories[id];
    if (repository === undefined || url.searchParams.get("signature") === null) {
      fail(response, 403, "AccessDenied");
    } else {
      this.#sendFile(repository, decodeURIComponent(path), request, response);
    }
  }

  #sendFile(
    repository: ServedRepository,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const fault = this.#nextFault(path);
    const bytes = readServed(repository, path);
    if (fault?.kind === "status") {
      response.writeHead(fault.status, fault.headers).end();
    } else if (bytes === undefined) {
      fail(response, 404, "EntryNotFound");
    } else {
      serveRange(request, response, bytes, fault);
    }
  }

  #nextFault(name: string): Fault | undefined {
    return this.#faults.get(name)?.shift();
  }
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
}

function fail(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { "content-type": "application/json", "x-error-code": code })
    .end(JSON.stringify({ error: code }));
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}
