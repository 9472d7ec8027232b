/** Small rewritings of a step's text that published protocols prescribe before it is put into the prompt. */

/** Newlines inside a step become spaces, where a newline would end the step. */
export function onOneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}

/** `Step 3: text`, unless the text already says which step it is. */
export function numbered(text: string, index: number): string {
  return /^step\s/i.test(text) ? text : `Step ${index + 1}: ${text}`;
}

/** The text without a marker that the protocol puts there itself. */
export function without(text: string, marker: string): string {
  return text.replaceAll(marker, "");
}
