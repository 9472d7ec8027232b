/** What models are called where only their keys are known. */
import { useCallback } from "react";
import type { LibraryContents } from "../core/model-library.ts";
import { useLibrary } from "./library.ts";
import { EMBEDDED_MODEL, EMBEDDED_NAME } from "./model-choice.ts";

/**
 * @param key See `modelKey`.
 * @param contents Undefined until the browser's storage has been read; a model of it goes by its key till then.
 */
export function modelName(key: string, contents: LibraryContents | undefined): string {
  const stored = contents?.models.find((model) => model.key === key);
  if (stored !== undefined) {
    return `${stored.name}, ${stored.dtype}`;
  }
  return key === EMBEDDED_MODEL ? EMBEDDED_NAME : key;
}

/** The name of any model by its key. */
export function useModelName(): (key: string) => string {
  const contents = useLibrary((state) => state.contents);
  return useCallback((key: string) => modelName(key, contents), [contents]);
}
