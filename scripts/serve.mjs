// A static file server with the headers the page needs, for `npm start` and the browser tests.
// node scripts/serve.mjs --root dist --port 4173 --mount /models/x=path/to/x --no-isolation

import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { parseArgs } from "node:util";
import { isCommand, ROOT, runMain, SetupError } from "./run.mjs";
import { sendFile } from "./send-file.mjs";

const policyFile = new URL("./content-security-policy.json", import.meta.url);

/**
 * The page may run its own code and WebAssembly, and fetch models from the Hugging Face Hub. Nothing else. The
 * built page carries the same policy for servers that send no headers; only a header can say who may frame it.
 */
const CONTENT_SECURITY_POLICY = Object.entries({
  ...JSON.parse(readFileSync(policyFile, "utf8")),
  "frame-ancestors": "'self'",
})
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join("; ");

/** Sent with every answer: a worker takes its policies from its own script's response, not from the page's. */
const SAFETY_HEADERS = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** Make the page cross-origin isolated, without which WebAssembly has no threads. */
const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Above this many taken ports in a row the reason is another one. */
const PORTS_TO_TRY = 20;

/**
 * @typedef {object} ServeOptions
 * @property {string} root folder to serve
 * @property {number} port 0 for any
 * @property {string} [host]
 * @property {Readonly<Record<string, string>>} [mounts] URL prefix -> folder, looked up before `root`
 * @property {boolean} [isolated] false leaves out the isolation headers: the page then has one thread
 * @property {boolean} [nextFreePort] take the next port when `port` is in use
 */

/**
 * Turns a request's path into a file below one of the folders.
 * @param {string} url
 * @param {readonly (readonly [prefix: string, folder: string])[]} folders
 * @returns {string | undefined} undefined when no file may be meant
 */
export function resolveFile(url, folders) {
  let pathname;
  try {
    pathname = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? "");
  } catch {
    return undefined;
  }
  // Hidden files (the build's own records) and every way of writing ".." start a segment with a dot.
  if (!pathname.startsWith("/") || /\/\.|[\\\0]/.test(pathname)) {
    return undefined;
  }
  const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
  const [prefix, folder] = folders.find(([start]) => file.startsWith(start)) ?? [];
  return prefix === undefined || folder === undefined
    ? undefined
    : path.join(folder, file.slice(prefix.length));
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port
 * @param {string} host
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(undefined);
    });
  });
}

/**
 * Serves a folder until `close()` is called.
 * @param {ServeOptions} options
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 * @throws SetupError when a folder is missing or no port is free
 */
export async function serve({
  root,
  port,
  host = "127.0.0.1",
  mounts = {},
  isolated = true,
  nextFreePort = false,
}) {
  /** @type {[string, string][]} */
  const folders = Object.entries(mounts).map(([prefix, folder]) => [
    `/${prefix.replace(/^\/+|\/+$/g, "")}/`,
    folder,
  ]);
  folders.push(["/", root]);
  for (const [, folder] of folders) {
    if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
      throw new SetupError(`There is no folder ${folder} to serve.`);
    }
  }
  const headers = { ...SAFETY_HEADERS, ...(isolated ? ISOLATION_HEADERS : {}) };
  const server = createServer((request, response) => {
    response.setHeaders(new Map(Object.entries(headers)));
    const file = resolveFile(request.url ?? "", folders);
    sendFile(request, response, file).catch(() => response.destroy());
  });
  const last = nextFreePort ? port + PORTS_TO_TRY : port;
  for (let candidate = port; ; candidate += 1) {
    try {
      await listen(server, candidate, host);
      break;
    } catch (error) {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code;
      if (code !== "EADDRINUSE" || candidate >= last) {
        throw new SetupError(`Port ${candidate} of ${host} cannot be used (${code}).`);
      }
    }
  }
  const address = server.address();
  const bound = address !== null && typeof address === "object" ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}/`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Ends the process with code 0 on Ctrl-C or a polite kill, after closing the server.
 * @param {{ close: () => Promise<void> }} server
 */
export function closeOnSignal(server) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => server.close().then(() => process.exit(0)));
  }
}

/** @param {string} text */
export function parsePort(text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new SetupError(`"${text}" is not a port: use a number from 0 to 65535.`);
  }
  return port;
}

if (isCommand(import.meta.url)) {
  await runMain(async () => {
    const { values } = parseArgs({
      allowNegative: true,
      options: {
        root: { type: "string", default: "dist" },
        port: { type: "string", default: "4173" },
        host: { type: "string", default: "127.0.0.1" },
        mount: { type: "string", multiple: true, default: [] },
        isolation: { type: "boolean", default: true },
      },
    });
    const mounts = values.mount.map((text) => {
      const [prefix = "", folder = ""] = text.split("=", 2);
      return [prefix, path.resolve(ROOT, folder)];
    });
    const server = await serve({
      root: path.resolve(ROOT, values.root),
      port: parsePort(values.port),
      host: values.host,
      mounts: Object.fromEntries(mounts),
      isolated: values.isolation,
    });
    closeOnSignal(server);
    console.log(`Serving ${values.root} at ${server.url}`);
  });
}
