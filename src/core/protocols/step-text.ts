/** Small rewritings of a step's text that published protocols prescribe before it is put into the prompt. */

/** Line breaks inside a step become spaces, where one would end the step. */
export function onOneLine(text: string): string {
  return text.replace(/\r\n|[\r\n]/g, " ").trim();
}

/** `Step 3: text`, unless the text already begins with that word (and not with Stephanie). */
export function numbered(text: string, index: number): string {
  return /^[Ss]tep(?![a-z])/.test(text) ? text : `Step ${index + 1}: ${text}`;
}

/** `Step 3: text`, whatever number the text gave itself. */
export function renumbered(text: string, index: number): string {
  return `Step ${index + 1}: ${text.replace(/^step\s*\d+\s*[.:]\s*/i, "")}`;
}

/** The text without a marker that the protocol puts there itself. */
export function without(text: string, marker: string): string {
  return text.replaceAll(marker, "");
}
