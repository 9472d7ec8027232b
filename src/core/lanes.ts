/**
 * Tells thinking from response in a raw chain by the tags reasoning models write around their
 * thoughts. One walk over the tags: text takes the lane the last tag left open, and a closing tag
 * nobody opened means its opening one was part of the prompt (DeepSeek-R1's chat template ends in
 * `<think>`), so the text before it was thinking. The tags themselves are in lane-tags.ts.
 */
import {
  ANSWER_CLOSE,
  ANSWER_OPEN,
  ANSWERING,
  meaningOf,
  TAG,
  type TagMeaning,
  type TagPair,
} from "./lane-tags.ts";
import type { Lane } from "./trace.ts";
import type { CharOffset } from "./units.ts";

/**
 * How the lanes were told apart: by complete tags; by a closing tag whose opening one is missing; by
 * an opening tag that never closes (all after it is thinking); or not at all (all is response).
 */
export type LaneDetection = "tags" | "missing-open" | "unclosed" | "none";

/** A stretch of one lane: half-open UTF-16 offsets into the unchanged chain, never only white space. */
export interface LaneRange {
  readonly lane: Lane;
  readonly start: CharOffset;
  readonly end: CharOffset;
}

/** The lanes of a chain in text order. What no range covers is tags, a wrapping fence or white space. */
export interface LaneSplit {
  readonly ranges: readonly LaneRange[];
  readonly detection: LaneDetection;
  /** The pair the first tag belongs to; absent when `detection` is "none". */
  readonly tags?: TagPair;
}

interface Tag extends TagMeaning {
  readonly start: CharOffset;
  readonly end: CharOffset;
}

const OPENING_FENCE = /^(`{3,}|~{3,})[^\n`~]*$/;
const FENCE_AFTER_TAG = /\s*(`{3,}|~{3,})[^\S\n]*(?=\n|$)/y;
const BARE_FENCE = /^(?:`{3,}|~{3,})$/;

/** Splits a chain into thinking and response. Never throws; linear in the length of the chain. */
export function splitLanes(chain: string): LaneSplit {
  const found = findTags(chain);
  const first = found[0];
  if (first === undefined) {
    return { ranges: ranges(chain, [], chain.length).ranges, detection: "none" };
  }
  const { tags, end, start } = unwrapFence(chain, found, first);
  return { ...ranges(chain, tags, end, start), tags: first.pair };
}

function ranges(
  chain: string,
  tags: readonly Tag[],
  end: CharOffset,
  start: CharOffset = 0,
): { ranges: LaneRange[]; detection: LaneDetection } {
  const result: LaneRange[] = [];
  let lane: Lane = "response";
  let from = start;
  let missingOpen = false;
  const add = (to: CharOffset, as: Lane): boolean => {
    const filled = chain.slice(from, to).trim() !== "";
    if (filled) {
      result.push({ lane: as, start: from, end: to });
    }
    return filled;
  };
  for (const tag of tags) {
    const isFirst = tag === tags[0];
    // In the OpenThoughts format whatever precedes the solution is thought, marked or not.
    const endsThinking = tag.effect === "close" || (tag.effect === "open-response" && isFirst);
    const filled = add(tag.start, endsThinking ? "thinking" : lane);
    if (endsThinking && lane === "response") {
      missingOpen ||= filled || (isFirst && tag.effect === "close");
    }
    lane = tag.effect === "open" ? "thinking" : "response";
    from = Math.max(from, tag.end);
  }
  add(end, lane);
  const detection = lane === "thinking" ? "unclosed" : missingOpen ? "missing-open" : "tags";
  return { ranges: result, detection };
}

/** The tags of the first tag's family, in order. */
function findTags(chain: string): Tag[] {
  const tags: Tag[] = [];
  let last: Tag | undefined;
  /** Whether the answer of a recipe may open (right behind what closed the thinking), or is open. */
  let answer: "possible" | "open" | "none" = "none";
  for (const match of chain.matchAll(TAG)) {
    const [text] = match;
    const start = match.index;
    const end = start + text.length;
    // A tag in backticks is talk about the tag, not a tag.
    if (chain[start - 1] === "`" && chain[end] === "`") {
      continue;
    }
    let meaning = meaningOf(text);
    if (meaning === undefined && last !== undefined) {
      const name = text.toLowerCase();
      if (name === ANSWER_OPEN && answer === "possible") {
        // Looked at once behind each closing tag, which keeps the walk linear.
        answer = chain.slice(last.end, start).trim() === "" ? "open" : "none";
        meaning = answer === "open" ? { ...last, effect: "open-response" } : undefined;
      } else if (name === ANSWER_CLOSE && answer === "open") {
        answer = "none";
        meaning = { ...last, effect: "close-response" };
      }
    }
    const isOfFamily = last === undefined ? meaning?.isOfAnyTurn !== true : meaning?.family === last.family;
    if (meaning === undefined || !isOfFamily) {
      continue;
    }
    last = { ...meaning, start, end };
    tags.push(last);
    if (meaning.effect === "close" && ANSWERING.has(meaning.family)) {
      answer = "possible";
    } else if (meaning.effect === "open") {
      answer = "none";
    }
  }
  return tags;
}

/**
 * Leaves out a code fence that somebody put around the dump, or around its thinking alone. It counts
 * as a wrapper only when nothing but its first line stands before the opening tag.
 */
function unwrapFence(
  chain: string,
  tags: readonly Tag[],
  first: Tag,
): { tags: readonly Tag[]; start: CharOffset; end: CharOffset } {
  const plain = { tags, start: 0, end: chain.length };
  const fence = OPENING_FENCE.exec(chain.slice(0, first.start).trim())?.[1];
  if (fence === undefined || first.effect !== "open") {
    return plain;
  }
  const start = first.start;
  const closing = tags.findIndex((tag) => tag.effect === "close");
  const closingTag = tags[closing];
  if (closingTag !== undefined) {
    FENCE_AFTER_TAG.lastIndex = closingTag.end;
    const after = FENCE_AFTER_TAG.exec(chain);
    if (after?.[1]?.startsWith(fence)) {
      const widened = { ...closingTag, end: closingTag.end + after[0].length };
      return { ...plain, tags: tags.with(closing, widened), start };
    }
  }
  const lastLine = chain.trimEnd().lastIndexOf("\n") + 1;
  const text = chain.slice(lastLine).trim();
  const isWrapped = BARE_FENCE.test(text) && text.startsWith(fence) && lastLine >= (tags.at(-1)?.end ?? 0);
  return { ...plain, start, end: isWrapped ? lastLine : chain.length };
}
