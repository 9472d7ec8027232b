import { createSHA256 } from "hash-wasm";
import { AppError } from "../core/errors.ts";
import type { ManifestFile } from "../core/manifest.ts";

/**
 * Passes a file's bytes on while hashing them, and throws at the end unless size and SHA-256 are those of
 * the manifest. Whoever consumes the bytes must not use them before the generator has returned.
 * @throws AppError `malformed-file`
 */
export async function* verified(
  file: ManifestFile,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const hasher = await createSHA256();
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > file.size) {
      break;
    }
    hasher.update(chunk);
    yield chunk;
  }
  if (size !== file.size) {
    const what = size > file.size ? "is longer than" : "is cut short:";
    const numbers =
      size > file.size ? `its ${count(file.size)} bytes` : `${count(size)} of ${count(file.size)} bytes`;
    throw new AppError("malformed-file", `${file.path} ${what} ${numbers}`, { file: file.path });
  }
  if (hasher.digest("hex") !== file.sha256) {
    throw new AppError("malformed-file", `${file.path} does not match the SHA-256 in the model's manifest`, {
      file: file.path,
    });
  }
}

function count(bytes: number): string {
  return bytes.toLocaleString("en-US");
}
