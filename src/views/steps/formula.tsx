import katex from "katex";
import "katex/dist/katex.min.css";
import "./formula.css";
import { useLayoutEffect, useRef } from "react";
import { formulaSource } from "./formula-source.ts";
import { typesetSoon } from "./typeset-queue.ts";

export interface FormulaProps {
  /** LaTeX without the marks around it. */
  readonly tex: string;
  /** As it stands in the text, marks included: shown where it cannot be typeset. */
  readonly source: string;
  readonly isDisplay: boolean;
}

/** Expansions of macros; a formula has a handful, a chain of doublings millions. */
const MOST_EXPANSIONS = 300;
/** Largest size a formula may ask for, in em. */
const LARGEST_EM = 12;

/**
 * Typesets into the element, through nodes and never through markup: no HTML of a chain reaches the page. What does
 * not typeset stands there as its source.
 */
function typeset(element: HTMLElement, { tex, source, isDisplay }: FormulaProps): void {
  const drawn = formulaSource(tex);
  if (drawn.kind === "refused") {
    showSource(element, source, drawn.why);
    return;
  }
  try {
    katex.render(drawn.tex, element, {
      displayMode: isDisplay,
      throwOnError: true,
      strict: "ignore",
      // A command that is not trusted would be drawn as its name, without what it is about.
      trust: ({ command }) => {
        throw new Error(`${command} is not followed`);
      },
      maxExpand: MOST_EXPANSIONS,
      maxSize: LARGEST_EM,
    });
    element.removeAttribute("data-broken");
    element.title = source;
  } catch (error) {
    showSource(element, source, error instanceof Error ? error.message : String(error));
  }
}

function showSource(element: HTMLElement, source: string, why: string): void {
  element.textContent = source;
  element.setAttribute("data-broken", "");
  element.title = `Shown as it is written: ${why}`;
}

export function Formula(props: FormulaProps) {
  const { tex, source, isDisplay } = props;
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) {
      return;
    }
    element.textContent = source;
    return typesetSoon(() => typeset(element, { tex, source, isDisplay }));
  }, [tex, source, isDisplay]);
  return <span ref={ref} data-formula />;
}
