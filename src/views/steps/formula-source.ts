/** What of LaTeX in a chain is handed to KaTeX: only what it draws whole, in a moment, and without leaving text out. */

/** Longer sources are shown as they are: typesetting them would hold up the page. */
const LONGEST_TEX = 2000;
/** Groups inside of groups. Every one of them nests elements some deep, and browsers end where those are too many. */
const DEEPEST_TEX = 20;

/** What text could be hidden by: macros that are never used, boxes without ink, steps back over what stands there. */
const HIDING =
  /\\(?:[hv]?phantom|[gex]?def|let|futurelet|(?:re|provide)?newcommand|renewcommand|providecommand|[clr]lap|math[clr]lap|smash|raisebox|(?:h|m|k)?(?:skip|kern)\s*-|hspace\*?\s*\{\s*-)(?![a-zA-Z])/;
const OPENING = /\\(?:left|begin)(?![a-zA-Z])|(?<!\\)\{/g;
const CLOSING = /\\(?:right|end)(?![a-zA-Z])|(?<!\\)\}/g;

export type FormulaSource =
  | { readonly kind: "tex"; readonly tex: string }
  /** Ends a sentence that begins with "Shown as it is written:". */
  | { readonly kind: "refused"; readonly why: string };

/** @param tex LaTeX without the marks around it. */
export function formulaSource(tex: string): FormulaSource {
  if (tex.length > LONGEST_TEX) {
    return { kind: "refused", why: "it is too long to be typeset" };
  }
  if (depthOf(tex) > DEEPEST_TEX) {
    return { kind: "refused", why: "it is nested too deep to be typeset" };
  }
  const [hiding] = HIDING.exec(tex) ?? [];
  if (hiding !== undefined) {
    return { kind: "refused", why: `${hiding.trim()} could hide what stands in it` };
  }
  return { kind: "tex", tex: keepPercents(tex) };
}

function depthOf(tex: string): number {
  const marks = [
    ...Array.from(tex.matchAll(OPENING), ({ index }) => ({ index, by: 1 })),
    ...Array.from(tex.matchAll(CLOSING), ({ index }) => ({ index, by: -1 })),
  ].sort((a, b) => a.index - b.index);
  let depth = 0;
  let deepest = 0;
  for (const { by } of marks) {
    depth += by;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** To LaTeX a percent sign without a backslash begins a comment; to those who write chains it means percent. */
function keepPercents(tex: string): string {
  return tex.replace(/\\[\s\S]|%/g, (found) => (found === "%" ? "\\%" : found));
}
