// Answers one HTTP request with one file: types, validators, caching, ranges (RFC 9110, one range a request).
import { open } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";

/** @type {Readonly<Record<string, string>>} */
const MIME_TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".jsonl": "application/x-ndjson; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  // Without this exact type the browser cannot compile WebAssembly while it downloads.
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** Models (.onnx, .onnx_data, .onnx_data_1, …) and anything unknown: bytes, never sniffed. */
const BYTES = "application/octet-stream";

/** Vite puts a hash of the content into every name below assets/, so such a file never changes. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/**
 * @param {string | undefined} header
 * @param {number} size
 * @returns {{ start: number, end: number } | "unsatisfiable" | undefined} undefined: send everything
 */
export function parseRange(header, size) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) {
    return undefined;
  }
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) {
    return undefined;
  }
  return start > end ? "unsatisfiable" : { start, end };
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {string} text
 */
function sendText(response, status, text) {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
  });
  response.end(response.req.method === "HEAD" ? undefined : text);
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {string | undefined} file absent: nothing can be meant by the request
 */
export async function sendFile(request, response, file) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return sendText(response, 405, "method not allowed\n");
  }
  const handle = file === undefined ? undefined : await open(file).catch(() => undefined);
  if (file === undefined || handle === undefined) {
    return sendText(response, 404, "not found\n");
  }
  try {
    // From the open file, so that size and content belong together even while a build replaces it.
    const stats = await handle.stat();
    if (!stats.isFile()) {
      return sendText(response, 404, "not found\n");
    }
    const etag = `"${stats.size.toString(16)}-${Math.floor(stats.mtimeMs).toString(16)}"`;
    response.setHeader("ETag", etag);
    response.setHeader("Last-Modified", stats.mtime.toUTCString());
    response.setHeader("Cache-Control", request.url?.startsWith("/assets/") ? IMMUTABLE : "no-cache");
    response.setHeader("Accept-Ranges", "bytes");
    const known = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
    if (known?.includes(etag) || known?.includes("*")) {
      response.writeHead(304).end();
      return;
    }
    const isRangeValid = request.method === "GET" && (request.headers["if-range"] ?? etag) === etag;
    const range = isRangeValid ? parseRange(request.headers.range, stats.size) : undefined;
    if (range === "unsatisfiable") {
      response.setHeader("Content-Range", `bytes */${stats.size}`);
      return sendText(response, 416, "range not satisfiable\n");
    }
    const { start, end } = range ?? { start: 0, end: stats.size - 1 };
    if (range !== undefined) {
      response.setHeader("Content-Range", `bytes ${start}-${end}/${stats.size}`);
    }
    response.writeHead(range === undefined ? 200 : 206, {
      "Content-Type": MIME_TYPES[path.extname(file).toLowerCase()] ?? BYTES,
      "Content-Length": end - start + 1,
    });
    if (request.method === "HEAD" || stats.size === 0) {
      response.end();
      return;
    }
    await pipeline(handle.createReadStream({ start, end, autoClose: false }), response);
  } finally {
    await handle.close();
  }
}
