/**
 * A list as Python's `repr` writes it, which is what a CSV column of lists holds: texts in either kind of quotes,
 * whole numbers, and None. https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 */

type Entry = string | number | null;

const SPACE = /\s*/y;
const PLAIN = /(?:(-?\d{1,15})|None)(?=\s*[,\]])/y;
const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs;
const HEX = 16;
const MAX_CODE_POINT = 0x10ffff;
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\n": "" };

function readEscapes(text: string): string {
  return text.replaceAll(ESCAPE, (whole, two?: string, four?: string, eight?: string, one?: string) => {
    const code = Number.parseInt(two ?? four ?? eight ?? "", HEX);
    if (!Number.isNaN(code)) {
      return code <= MAX_CODE_POINT ? String.fromCodePoint(code) : whole;
    }
    const plain = one ?? "";
    return CONTROLS[plain] ?? (/[\\'"]/.test(plain) ? plain : whole);
  });
}

/** Where a quoted text ends that begins at `at`: at its closing quote; -1 where there is none. */
function closingQuote(text: string, at: number): number {
  const quote = text[at];
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === "\\") {
      end += 1;
    } else if (text[end] === quote) {
      return end;
    }
  }
  return -1;
}

/** The entries, or undefined for anything but a flat list of texts, whole numbers and None (null). Never throws. */
export function parsePythonList(text: string): readonly Entry[] | undefined {
  const list = text.trim();
  const entries: Entry[] = [];
  let at = 1;
  const skipSpace = () => {
    SPACE.lastIndex = at;
    SPACE.exec(list);
    at = SPACE.lastIndex;
  };
  /** Reads the entry at hand; undefined where there is none. */
  const readEntry = (): Entry | undefined => {
    if (list[at] === "'" || list[at] === '"') {
      const [start, end] = [at + 1, closingQuote(list, at)];
      at = end + 1;
      return end < 0 ? undefined : readEscapes(list.slice(start, end));
    }
    PLAIN.lastIndex = at;
    const [found, number] = PLAIN.exec(list) ?? [];
    at += found?.length ?? 0;
    return found === undefined ? undefined : number === undefined ? null : Number(number);
  };
  if (!list.startsWith("[")) {
    return undefined;
  }
  skipSpace();
  while (entries.length > 0 || list[at] !== "]") {
    const entry = readEntry();
    if (entry === undefined) {
      return undefined;
    }
    entries.push(entry);
    skipSpace();
    if (list[at] === "]") {
      break;
    }
    if (list[at] !== ",") {
      return undefined;
    }
    at += 1;
    skipSpace();
  }
  return at === list.length - 1 ? entries : undefined;
}
