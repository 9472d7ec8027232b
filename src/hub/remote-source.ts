import { type ByteSource, createByteSource } from "../convert/byte-source.ts";
import { AppError } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";
import { type HubOptions, hubFetch, PATIENCE } from "./hub-fetch.ts";
import type { RemoteFile } from "./repository.ts";
import { responseBytes } from "./response-bytes.ts";
import { PassingFailure, withRetries } from "./retry.ts";

/** Asked for at once at a file's beginning: the header of nearly every file of tensors, in one request. */
const FIRST: Bytes = 256 * 1024;

const HTTP_PARTIAL_CONTENT = 206;

type RemoteContext = HubOptions & { readonly signal: AbortSignal };

/**
 * A file of a repository, read where it lies and not kept: what describes its tensors is a few kilobytes of
 * gigabytes. Only the whole file has a hash, so what is read is not verified: it may show that a download is of no
 * use, and nothing may be made of it.
 * @throws AppError, from `read`: `download-failed`, also when the server sends no parts of files; `bad-input` when
 * the repository is not open to this token; `cancelled`.
 */
export function remoteSource(file: RemoteFile, ctx: RemoteContext): ByteSource {
  const firstEnd = Math.min(FIRST, file.size);
  let first: Uint8Array | undefined;
  return createByteSource(file.path, file.size, async (start, end) => {
    if (end > firstEnd) {
      return readRange(file, start, end, ctx);
    }
    first ??= await readRange(file, 0, firstEnd, ctx);
    return first.subarray(start, end);
  });
}

function readRange(file: RemoteFile, start: Bytes, end: Bytes, ctx: RemoteContext): Promise<Uint8Array> {
  const { signal, retryDelays: delays, onWait, patience = PATIENCE } = ctx;
  const fetch = hubFetch(ctx, file, signal);
  return withRetries(
    async () => {
      const bytes = new Uint8Array(end - start);
      if (bytes.length === 0) {
        return bytes;
      }
      const response = await fetch(file.url, { headers: { Range: `bytes=${start}-${end - 1}` } });
      if (response.status !== HTTP_PARTIAL_CONTENT) {
        await response.body?.cancel();
        throw new AppError("download-failed", `${file.path} is not sent in parts`, { file: file.path });
      }
      let filled = 0;
      for await (const piece of responseBytes(response, file.path, patience, signal)) {
        bytes.set(piece.subarray(0, bytes.length - filled), filled);
        filled += piece.length;
      }
      if (filled !== bytes.length) {
        const fact = `${file.path}: ${filled} bytes came, and ${bytes.length} were asked for`;
        throw new PassingFailure(new AppError("download-failed", fact, { file: file.path }));
      }
      return bytes;
    },
    { signal, delays, onWait },
  );
}
