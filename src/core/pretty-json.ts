/** A value as indented JSON, for people; however large it is, the writing costs no more than what is shown. */

const INDENT = "  ";

export interface PrettyJson {
  /** At most as many UTF-16 code units as asked for. */
  readonly text: string;
  readonly isCut: boolean;
}

/** @param value JSON, nested no deeper than rows may be. @param limit Where the text is cut off. */
export function prettyJson(value: unknown, limit: number): PrettyJson {
  const parts: string[] = [];
  let left = limit;
  const put = (text: string) => {
    parts.push(text.slice(0, Math.max(0, left)));
    left -= text.length;
  };
  const writeAll = <T>(brackets: string, all: readonly T[], indent: string, write: (one: T) => void) => {
    put(brackets.charAt(0));
    for (const [index, one] of all.entries()) {
      if (left < 0) {
        return;
      }
      put(`${index === 0 ? "" : ","}\n${indent}${INDENT}`);
      write(one);
    }
    put(`${all.length === 0 ? "" : `\n${indent}`}${brackets.charAt(1)}`);
  };
  const write = (part: unknown, indent: string) => {
    const inner = indent + INDENT;
    if (typeof part === "string") {
      put(JSON.stringify(part.slice(0, Math.max(0, left) + 1)));
    } else if (Array.isArray(part)) {
      writeAll("[]", part as readonly unknown[], indent, (one) => write(one, inner));
    } else if (typeof part === "object" && part !== null) {
      writeAll("{}", Object.entries(part) as [string, unknown][], indent, ([name, one]) => {
        put(`${JSON.stringify(name.slice(0, Math.max(0, left) + 1))}: `);
        write(one, inner);
      });
    } else {
      put(JSON.stringify(part) ?? "null");
    }
  };
  write(value, "");
  return { text: parts.join(""), isCut: left < 0 };
}
