/** What exactly has scored something: one key stands for other weights once a model is deleted and added again. */

export interface ScoredBy {
  /** Where the model's files are; see `modelKey` of `model-choice.ts`. */
  readonly modelKey: string;
  /**
   * What was in the files and how they were read; see `modelDigest`. Undefined until the model is loaded, for committed
   * scores, and for what was kept by versions of the page that did not tell.
   */
  readonly digest: string | undefined;
}

/** A gallery's chain has the scores of the model that it names, as it came with the page. */
interface Rated extends ScoredBy {
  readonly example?: unknown;
}

/** Whether the model that is asked for has scored this. While it is not loaded, any of its key has. */
export function isScoredBy(rated: Rated, asked: ScoredBy): boolean {
  return (
    rated.modelKey === asked.modelKey &&
    (asked.digest === undefined || rated.digest === asked.digest || rated.example !== undefined)
  );
}

/** Whether both have one model's scores. */
export function isOfSameModel(a: Rated, b: Rated): boolean {
  const isExample = a.example !== undefined || b.example !== undefined;
  return a.modelKey === b.modelKey && (isExample || a.digest === b.digest);
}

const BREAK = "\n";

/** Equal for what the same model has scored, and only for that. */
export function identityOf({ modelKey, digest }: ScoredBy): string {
  return digest === undefined ? modelKey : `${modelKey}${BREAK}${digest}`;
}

/** @param identity Made by {@link identityOf}. */
export function readIdentity(identity: string): ScoredBy {
  const [modelKey = "", digest] = identity.split(BREAK);
  return { modelKey, digest };
}
