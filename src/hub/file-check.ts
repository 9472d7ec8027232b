/** Whether the bytes that arrived are the file the repository lists. */
import { createSHA1, createSHA256, type IHasher } from "hash-wasm";
import type { Bytes } from "../core/units.ts";
import type { RemoteFile } from "./repository.ts";

interface Digest {
  readonly name: string;
  readonly wanted: string;
  readonly hasher: IHasher;
  /** What is hashed before the file itself. */
  readonly prefix: string;
}

/** Takes a file's bytes in order and compares their number and hash with what is listed. */
export class FileCheck {
  readonly #file: RemoteFile;
  readonly #digest: Digest | undefined;
  #size: Bytes = 0;

  private constructor(file: RemoteFile, digest: Digest | undefined) {
    this.#file = file;
    this.#digest = digest;
    this.restart();
  }

  static async start(file: RemoteFile): Promise<FileCheck> {
    return new FileCheck(file, await digestOf(file));
  }

  /** Bytes taken so far. */
  get size(): Bytes {
    return this.#size;
  }

  restart(): void {
    this.#size = 0;
    this.#digest?.hasher.init().update(this.#digest.prefix);
  }

  update(bytes: Uint8Array): void {
    this.#size += bytes.length;
    this.#digest?.hasher.update(bytes);
  }

  /** What is wrong, as the rest of a sentence that begins with the file's name; ends the check. */
  problem(): string | undefined {
    if (this.#size !== this.#file.size) {
      return `has ${this.#size} bytes, and ${this.#file.size} are listed`;
    }
    return this.#digest === undefined || this.#digest.hasher.digest("hex") === this.#digest.wanted
      ? undefined
      : `does not match its ${this.#digest.name}`;
  }
}

async function digestOf({ size, sha256, gitSha1 }: RemoteFile): Promise<Digest | undefined> {
  if (sha256 !== undefined) {
    return { name: "SHA-256", wanted: sha256, hasher: await createSHA256(), prefix: "" };
  }
  if (gitSha1 !== undefined) {
    return { name: "git SHA-1", wanted: gitSha1, hasher: await createSHA1(), prefix: `blob ${size}\0` };
  }
  return undefined;
}
