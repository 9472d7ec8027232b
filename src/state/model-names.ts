/** What models are called where only their identities are known. */
import { useCallback } from "react";
import type { LibraryContents } from "../core/model-library.ts";
import { useEngine } from "./engine-status.ts";
import { useLibrary } from "./library.ts";
import { EMBEDDED_MODEL, EMBEDDED_NAME, modelKey, useModelChoice } from "./model-choice.ts";
import { readIdentity, type ScoredBy } from "./model-identity.ts";

/** So much of a digest tells the few models of one name apart. */
const SHOWN_DIGITS = 4;

/**
 * @param identity See `identityOf`.
 * @param contents Undefined until the browser's storage has been read; a model of it goes by its key till then.
 * @param inUse The model that is loaded, if one is.
 */
export function modelName(
  identity: string,
  contents: LibraryContents | undefined,
  inUse: ScoredBy | undefined,
): string {
  const { modelKey: key, digest } = readIdentity(identity);
  const stored = contents?.models.find((model) => model.key === key);
  const name =
    stored === undefined ? (key === EMBEDDED_MODEL ? EMBEDDED_NAME : key) : `${stored.name}, ${stored.dtype}`;
  const today = stored?.digest ?? (inUse?.modelKey === key ? inUse.digest : undefined);
  const isEarlier = digest !== undefined && today !== undefined && digest !== today;
  return isEarlier ? `${name} (earlier, ${digest.slice(0, SHOWN_DIGITS)})` : name;
}

/** The name of any model by its identity. */
export function useModelName(): (identity: string) => string {
  const contents = useLibrary((state) => state.contents);
  const key = useModelChoice(modelKey);
  const digest = useEngine((engine) => (engine.kind === "ready" ? engine.model.digest : undefined));
  return useCallback(
    (identity: string) => modelName(identity, contents, { modelKey: key, digest }),
    [contents, key, digest],
  );
}
