const LINE = /\r\n|\r|\n/;

/** A line of equals signs, or of hyphens, and nothing else. */
const EQUALS = /^\s*={3,}\s*$/;
const HYPHENS = /^\s*-{3,}\s*$/;

/**
 * Cuts a text into candidates at lines like `===`, or where there are none of these at lines like `---`: a chain
 * that rules lines with hyphens can so be set apart by equals signs. Candidates of white space alone are left out.
 */
export function splitCandidates(text: string): readonly string[] {
  const lines = text.split(LINE);
  const separator = lines.some((line) => EQUALS.test(line)) ? EQUALS : HYPHENS;
  const candidates: string[][] = [[]];
  for (const line of lines) {
    if (separator.test(line)) {
      candidates.push([]);
    } else {
      candidates.at(-1)?.push(line);
    }
  }
  return candidates.map((part) => part.join("\n").trim()).filter((part) => part !== "");
}
