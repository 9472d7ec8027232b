import type { ReactNode } from "react";

/** Characters that draw nothing, without those that only make space. */
const CONTROL = /([^\P{Cc}\t\n\r])/u;

const HEX = 16;

/** As two hexadecimal digits: no font is sure to have Unicode's pictures of control characters. */
function codeOf(control: string): string {
  return control.charCodeAt(0).toString(HEX).toUpperCase().padStart(2, "0");
}

/** Text whose control characters can be seen. Their codes are drawn beside them: what is copied is the text. */
export function withControlCodes(text: string): ReactNode {
  return CONTROL.test(text)
    ? text.split(CONTROL).map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
          <span key={index} data-code={codeOf(part)} title={`control character U+00${codeOf(part)}`}>
            {part}
          </span>
        ) : (
          part
        ),
      )
    : text;
}
