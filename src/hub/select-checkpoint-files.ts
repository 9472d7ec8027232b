/** Which files of a repository are worth bringing here. */
import { findHeadFiles, findMainFile, MAIN_FILES, TEXT_FILES } from "../convert/checkpoint-files.ts";
import { malformed } from "../convert/malformed.ts";
import { MAX_INDEX_BYTES, parseShardIndex } from "../convert/shard-index.ts";
import { AppError } from "../core/errors.ts";
import { MANIFEST_FILE } from "../core/manifest.ts";
import { downloadFile } from "./download-file.ts";
import { MemoryStore } from "./download-store.ts";
import type { HubOptions } from "./hub-fetch.ts";
import type { RemoteFile, Repository } from "./repository.ts";

/** A part of a model that is of no use without the model it was made for. */
const ADAPTER_FILE = "adapter_config.json";

export type Selection =
  /** What a conversion reads: small files first, so that what is missing or wrong in them shows early. */
  | { readonly kind: "checkpoint"; readonly files: readonly RemoteFile[] }
  /** The repository holds a converted model; its manifest lists its files. */
  | { readonly kind: "converted"; readonly manifest: RemoteFile };

/**
 * Chooses as the converter does. Asks the Hub once more where the weights are in several files: only their index
 * says which.
 * @throws AppError `unsupported-model` when nothing here can be converted, with what is missing; `malformed-file`
 * for an index that is wrong or names what is not there; what `downloadFile` throws.
 */
export async function selectCheckpointFiles(
  repository: Repository,
  ctx: HubOptions & { readonly signal: AbortSignal },
): Promise<Selection> {
  const files = new Map(repository.files.map((file) => [file.path, file]));
  const manifest = files.get(MANIFEST_FILE);
  if (manifest !== undefined) {
    return { kind: "converted", manifest };
  }
  const listed = new Set(files.keys());
  const main = findMainFile(listed);
  if (main === undefined) {
    throw new AppError("unsupported-model", lackOfWeights(repository.id, listed));
  }
  const missing = TEXT_FILES.find(({ path, isNeeded }) => isNeeded && !listed.has(path));
  if (missing !== undefined) {
    throw new AppError("unsupported-model", `${repository.id} has no ${missing.path}`, {
      file: missing.path,
    });
  }
  const paths = [...TEXT_FILES, ...findHeadFiles(listed), main].map(({ path }) => path);
  const chosen = paths.map((path) => files.get(path)).filter((file) => file !== undefined);
  const index = main.isIndex ? files.get(main.path) : undefined;
  const shards = index === undefined ? [] : await listShards(index, files, ctx);
  return { kind: "checkpoint", files: [...chosen, ...shards] };
}

function lackOfWeights(id: string, listed: ReadonlySet<string>): string {
  return listed.has(ADAPTER_FILE)
    ? `${id} holds an adapter for another model, not a whole one`
    : `${id} holds no checkpoint: none of ${MAIN_FILES.map(({ path }) => path).join(", ")}`;
}

async function listShards(
  index: RemoteFile,
  files: ReadonlyMap<string, RemoteFile>,
  ctx: HubOptions & { readonly signal: AbortSignal },
): Promise<readonly RemoteFile[]> {
  if (index.size > MAX_INDEX_BYTES) {
    throw malformed(index.path, `has ${index.size} bytes, more than ${MAX_INDEX_BYTES}`);
  }
  const store = new MemoryStore();
  await downloadFile(index, store, { ...ctx, emit: () => undefined });
  const bytes = store.finished.get(index.path) ?? new Uint8Array();
  return [...parseShardIndex(bytes, index.path).keys()].map((path) => {
    const shard = files.get(path);
    if (shard === undefined) {
      throw malformed(index.path, `names ${path}, which is not in ${index.repository}`);
    }
    return shard;
  });
}
