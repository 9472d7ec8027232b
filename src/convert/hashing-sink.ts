import { createSHA256 } from "hash-wasm";
import type { ManifestFile } from "../core/manifest.ts";
import type { ModelSink, SinkFile } from "./external-data.ts";

/** Passes files on and keeps what a manifest says of them. */
export class HashingSink implements ModelSink {
  readonly files: ManifestFile[] = [];
  readonly #inner: ModelSink;

  constructor(inner: ModelSink) {
    this.#inner = inner;
  }

  async create(path: string): Promise<SinkFile> {
    const file = await this.#inner.create(path);
    const hasher = await createSHA256();
    let size = 0;
    return {
      write: (bytes) => {
        hasher.update(bytes);
        size += bytes.length;
        return file.write(bytes);
      },
      close: async () => {
        await file.close();
        this.files.push({ path, size, sha256: hasher.digest("hex") });
      },
    };
  }
}
