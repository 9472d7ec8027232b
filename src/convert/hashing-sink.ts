import { createSHA256 } from "hash-wasm";
import type { ManifestFile } from "../core/manifest.ts";
import type { ModelSink, Sha256, SinkFile } from "./external-data.ts";

/** Passes files on and keeps what a manifest says of them. */
export class HashingSink {
  readonly files: ManifestFile[];
  readonly #inner: ModelSink;
  #open: SinkFile | undefined;

  /** @param finished Files that are there from an earlier run. */
  constructor(inner: ModelSink, finished: readonly ManifestFile[]) {
    this.#inner = inner;
    this.files = [...finished];
  }

  /** Starts a file; the one before must have ended. */
  async create(path: string): Promise<Pick<SinkFile, "write" | "close">> {
    const file = await this.#inner.create(path);
    this.#open = file;
    const hasher: Sha256 = this.#inner.startSha256?.() ?? (await createSHA256());
    let size = 0;
    return {
      write: (bytes) => {
        hasher.update(bytes);
        size += bytes.length;
        return file.write(bytes);
      },
      close: async () => {
        await file.close();
        this.#open = undefined;
        this.files.push({ path, size, sha256: hasher.digest("hex") });
      },
    };
  }

  async writeWhole(path: string, bytes: Uint8Array): Promise<void> {
    const file = await this.create(path);
    await file.write(bytes);
    await file.close();
  }

  /** Removes the file that is being written, if there is one. */
  async abort(): Promise<void> {
    await this.#open?.abort();
    this.#open = undefined;
  }
}
