/** Whether the files that a converted model's manifest lists make a model that can be kept here and loaded. */
import { TEXT_FILES } from "../convert/checkpoint-files.ts";
import { graphPath } from "../convert/convert.ts";
import { malformed, quoteName } from "../convert/malformed.ts";
import { schemeById } from "../convert/quantize/index.ts";
import { MANIFEST_FILE, type ModelManifest } from "../core/manifest.ts";
import { PARTIAL, WORK_FOLDERS } from "./workshop.ts";

const RESERVED_FOLDERS: readonly string[] = Object.values(WORK_FOLDERS);

function isReserved(path: string): boolean {
  const [top = ""] = path.split("/");
  return path === MANIFEST_FILE || path.endsWith(PARTIAL) || RESERVED_FOLDERS.includes(top);
}

/**
 * Refuses a manifest before any of its files is copied: otherwise it would become a model that cannot be loaded.
 * @throws AppError `malformed-file`, naming the first file that is wrong or missing.
 */
export function checkListedFiles({ files, dtype }: Pick<ModelManifest, "files" | "dtype">): void {
  const listed = new Set<string>();
  for (const { path } of files) {
    if (listed.has(path)) {
      throw malformed(MANIFEST_FILE, `lists ${quoteName(path)} twice`);
    }
    if (isReserved(path)) {
      throw malformed(
        MANIFEST_FILE,
        `lists ${quoteName(path)}, a name that Stepscope keeps for its own files`,
      );
    }
    listed.add(path);
  }
  for (const path of listed) {
    const parts = path.split("/");
    const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
    const file = above.find((folder) => listed.has(folder));
    if (file !== undefined) {
      throw malformed(MANIFEST_FILE, `lists ${quoteName(file)} and ${quoteName(path)}, which lies in it`);
    }
  }
  const texts = TEXT_FILES.filter(({ isNeeded }) => isNeeded).map(({ path }) => path);
  const missing = [...texts, graphPath(schemeById(dtype))].find((path) => !listed.has(path));
  if (missing !== undefined) {
    throw malformed(
      MANIFEST_FILE,
      `does not list ${missing}, without which a model of dtype ${dtype} cannot be loaded`,
    );
  }
}
