import { diffWordsWithSpace } from "diff";

/** A stretch of a step's text, and whether the other step has it too. */
export interface TextPart {
  readonly text: string;
  readonly isChanged: boolean;
}

/** More changed words than this are another text: nothing is marked then, and no time is spent. */
const MOST_CHANGES = 300;

/**
 * The texts of a pair of steps, cut where they begin and cease to be the same; parts join to the whole. Whole
 * texts when they have too little in common.
 */
export function changedWords(
  a: string,
  b: string,
): { readonly a: readonly TextPart[]; readonly b: readonly TextPart[] } {
  const changes = diffWordsWithSpace(a, b, { maxEditLength: MOST_CHANGES });
  if (changes === undefined) {
    return { a: [{ text: a, isChanged: false }], b: [{ text: b, isChanged: false }] };
  }
  const side = (isOthers: (change: { added: boolean; removed: boolean }) => boolean) =>
    changes
      .filter((change) => !isOthers(change))
      .map(({ value, added, removed }) => ({ text: value, isChanged: added || removed }));
  return { a: side(({ added }) => added), b: side(({ removed }) => removed) };
}
