/**
 * Finds the stretches a step must not be cut in: fenced code and `$$` display math. Whichever opens
 * first hides the other until it closes. One that never closes is no block, so a stray mark cannot
 * swallow the rest of the chain; whether a fence closes is known beforehand from the longest closing
 * fence after it, which keeps a text of a thousand unclosed fences linear.
 */
import type { CharOffset } from "../units.ts";
import type { Range } from "./strategy.ts";
import { forEachLine, skipWhiteSpace } from "./white-space.ts";

interface Fence extends Range {
  readonly mark: "`" | "~";
  /** How many marks; a closing fence needs at least as many as its opening one (CommonMark 4.5). */
  readonly length: number;
  readonly canOpen: boolean;
  /** Nothing but the marks on its line. */
  readonly canClose: boolean;
}

const MIN_FENCE = 3;

/** Closed code fences and `$$…$$` blocks, marks included: increasing, never overlapping. */
export function findBlocks(text: string): Range[] {
  const fences = findFences(text);
  const closes = findClosable(fences);
  const blocks: Range[] = [];
  let at = 0;
  let next = 0;
  let math = nextMath(text, 0);
  for (;;) {
    while (next < fences.length && !isOpening(fences[next], closes[next], at)) {
      next += 1;
    }
    if (math !== undefined && math.start < at) {
      math = nextMath(text, at);
    }
    const fence = fences[next];
    if (math !== undefined && (fence === undefined || math.start < fence.start)) {
      blocks.push(math);
      at = math.end;
    } else if (fence !== undefined) {
      const closing = closingFence(fences, next, fence);
      blocks.push({ start: fence.start, end: closing.end });
      at = closing.end;
    } else {
      return blocks;
    }
  }
}

function isOpening(fence: Fence | undefined, isClosed: boolean | undefined, at: CharOffset): boolean {
  return fence?.canOpen === true && isClosed === true && fence.start >= at;
}

function closingFence(fences: readonly Fence[], opening: number, fence: Fence): Fence {
  for (let index = opening + 1; index < fences.length; index += 1) {
    const other = fences[index];
    if (other?.canClose && other.mark === fence.mark && other.length >= fence.length) {
      return other;
    }
  }
  throw new Error("a fence found to be closed has no closing fence");
}

function findFences(text: string): Fence[] {
  const fences: Fence[] = [];
  forEachLine(text, (start, end) => {
    const from = skipWhiteSpace(text, start, end);
    const mark = text[from];
    if (from === end || (mark !== "`" && mark !== "~")) {
      return;
    }
    let to = from;
    while (to < end && text[to] === mark) {
      to += 1;
    }
    if (to - from < MIN_FENCE) {
      return;
    }
    // "```x```" on one line is inline code.
    const canOpen = mark === "~" || !text.slice(to, end).includes("`");
    const canClose = skipWhiteSpace(text, to, end) === end;
    fences.push({ start: from, end, mark, length: to - from, canOpen, canClose });
  });
  return fences;
}

/** For every fence, whether a later one closes it. */
function findClosable(fences: readonly Fence[]): boolean[] {
  const longest = { "`": 0, "~": 0 };
  const result: boolean[] = [];
  for (const fence of fences.toReversed()) {
    result.push(longest[fence.mark] >= fence.length);
    if (fence.canClose) {
      longest[fence.mark] = Math.max(longest[fence.mark], fence.length);
    }
  }
  return result.reverse();
}

function nextMath(text: string, from: CharOffset): Range | undefined {
  const start = indexOfMath(text, from);
  const closing = start < 0 ? -1 : indexOfMath(text, start + 2);
  return closing < 0 ? undefined : { start, end: closing + 2 };
}

/** The next `$$` that is not an escaped dollar sign. */
function indexOfMath(text: string, from: CharOffset): CharOffset {
  let at = text.indexOf("$$", from);
  while (at > 0 && text[at - 1] === "\\") {
    at = text.indexOf("$$", at + 1);
  }
  return at;
}
