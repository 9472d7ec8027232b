/** A folder of files as a repository on the Hub: what its API says of it. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

export interface ServedRepository {
  /** Its files are those of this folder. */
  readonly folder: string;
  /** Paths that are not served, as if the folder did not have them. */
  readonly without?: readonly string[];
  /** Metadata of its README. */
  readonly card?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  /** Who may read it: anyone; accounts that asked; members. */
  readonly access?: "gated" | "private";
}

/** The commit every served repository is at. */
export const SERVED_COMMIT = "5f0c8f7d3b1e4a69a2d07c94b8e6135d2f7a9c01";

/** The Hub keeps what is large apart from git, and knows its SHA-256. */
const LARGE_FILES = /\.(safetensors|bin|pt|pth|onnx|onnx_data(_\d+)?)$/;

export function isLarge(path: string): boolean {
  return LARGE_FILES.test(path);
}

function hash(algorithm: "sha1" | "sha256", ...parts: readonly (string | Uint8Array)[]): string {
  const hasher = createHash(algorithm);
  for (const part of parts) {
    hasher.update(part);
  }
  return hasher.digest("hex");
}

/** Paths of all files below a folder, with forward slashes. */
function listPaths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
}

/** The bytes of a file; `undefined` when it is not served. */
export function readServed({ folder, without = [] }: ServedRepository, path: string): Buffer | undefined {
  return listPaths(folder).includes(path) && !without.includes(path)
    ? readFileSync(join(folder, path))
    : undefined;
}

/** The answer of `/api/models/<id>/revision/<revision>`. */
export function describeServed(id: string, repository: ServedRepository): Record<string, unknown> {
  return {
    _id: "000000000000000000000001",
    id,
    sha: SERVED_COMMIT,
    private: repository.access === "private",
    gated: repository.access === "gated" ? "manual" : false,
    downloads: 0,
    likes: 0,
    lastModified: "2025-01-01T00:00:00.000Z",
    tags: repository.tags ?? [],
    ...(repository.card === undefined ? {} : { cardData: repository.card }),
  };
}

/** The answer of `/api/models/<id>/tree/<revision>`. */
export function listServed(repository: ServedRepository): Record<string, unknown>[] {
  return listPaths(repository.folder).flatMap((path) => {
    const bytes = readServed(repository, path);
    if (bytes === undefined) {
      return [];
    }
    const size = bytes.length;
    if (!isLarge(path)) {
      return [{ type: "file", path, size, oid: hash("sha1", `blob ${size}\0`, bytes) }];
    }
    const oid = hash("sha256", bytes);
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`;
    const pointerOid = hash("sha1", `blob ${pointer.length}\0`, pointer);
    return [{ type: "file", path, size, oid: pointerOid, lfs: { oid, size, pointerSize: pointer.length } }];
  });
}
