import katex from "katex";
import "katex/dist/katex.min.css";
import { useLayoutEffect, useRef } from "react";

export interface FormulaProps {
  /** LaTeX without the marks around it. */
  readonly tex: string;
  /** As it stands in the text, marks included: shown where it cannot be typeset. */
  readonly source: string;
  readonly isDisplay: boolean;
}

/** Longer sources are shown as they are: typesetting them would hold up the page. */
const LONGEST_TEX = 4000;
/** Expansions of macros; a formula has a handful, a chain of doublings millions. */
const MOST_EXPANSIONS = 300;
/** Largest size a formula may ask for, in em. */
const LARGEST_EM = 12;

/**
 * Typesets into the element, through nodes and never through markup: no HTML of a chain reaches the page. What does
 * not typeset stands there as its source.
 */
function typeset(element: HTMLElement, { tex, source, isDisplay }: FormulaProps): void {
  try {
    if (tex.length > LONGEST_TEX) {
      throw new Error("it is too long to be typeset");
    }
    katex.render(tex, element, {
      displayMode: isDisplay,
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxExpand: MOST_EXPANSIONS,
      maxSize: LARGEST_EM,
    });
    element.removeAttribute("data-broken");
    element.title = source;
  } catch (error) {
    element.textContent = source;
    element.setAttribute("data-broken", "");
    element.title = `Shown as it is written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export function Formula(props: FormulaProps) {
  const { tex, source, isDisplay } = props;
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (ref.current !== null) {
      typeset(ref.current, { tex, source, isDisplay });
    }
  }, [tex, source, isDisplay]);
  return <span ref={ref} data-formula />;
}
