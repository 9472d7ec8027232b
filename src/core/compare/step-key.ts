const SPACE = /\s+/g;

/** A step's text as it is compared: composed characters, white space in single blanks. Case and punctuation count. */
export function stepKey(text: string): string {
  return text.normalize("NFC").trim().replace(SPACE, " ");
}
