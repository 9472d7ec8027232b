/** One answer with a file's bytes, and the ways in which it can go wrong. */
import type { IncomingMessage, ServerResponse } from "node:http";

export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The connection breaks after so many bytes of the answer. */
  | { readonly kind: "cut"; readonly after: number }
  /** The answer ends after so many bytes, as if that were all. */
  | { readonly kind: "end"; readonly after: number }
  /** Nothing comes after so many bytes, and the connection stays open. */
  | { readonly kind: "hang"; readonly after: number }
  /** The whole file, whatever range was asked for. */
  | { readonly kind: "no-ranges" }
  /** One bit of this byte of the file is another. */
  | { readonly kind: "flip"; readonly at: number }
  /** The file has so many bytes more than it should, or fewer. */
  | { readonly kind: "resize"; readonly by: number };

function changed(bytes: Buffer, fault: Fault | undefined): Buffer {
  if (fault?.kind === "flip") {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(fault.at) ^ 1, fault.at);
    return copy;
  }
  return fault?.kind === "resize"
    ? Buffer.concat([bytes, Buffer.alloc(Math.max(fault.by, 0))]).subarray(0, bytes.length + fault.by)
    : bytes;
}

/** Answers with the range that was asked for. Headers that were set before are kept. */
export function serveRange(
  request: IncomingMessage,
  response: ServerResponse,
  file: Buffer,
  fault: Fault | undefined,
): void {
  const bytes = changed(file, fault);
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  if (fault?.kind === "no-ranges" || asked === null) {
    response.writeHead(200, { "content-length": bytes.length }).end(bytes);
    return;
  }
  const first = Number(asked[1]);
  const last = asked[2] === "" ? bytes.length - 1 : Math.min(Number(asked[2]), bytes.length - 1);
  if (first > last) {
    response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  const body = bytes.subarray(first, last + 1);
  response.setHeader("content-range", `bytes ${first}-${last}/${bytes.length}`);
  if (fault?.kind === "end") {
    // Without a length, only the end of the answer says that it is over.
    response.writeHead(206).end(body.subarray(0, fault.after));
    return;
  }
  response.writeHead(206, { "content-length": body.length });
  if (fault?.kind === "cut") {
    response.write(body.subarray(0, fault.after), () => response.destroy());
  } else if (fault?.kind === "hang") {
    response.write(body.subarray(0, fault.after));
  } else {
    response.end(body);
  }
}
