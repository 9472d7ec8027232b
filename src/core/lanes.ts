/**
 * Tells thinking from response in a raw chain by the tags reasoning models write around their
 * thoughts. One walk over the tags: text takes the lane the last tag left open, and a closing tag
 * nobody opened means its opening one was part of the prompt (DeepSeek-R1's chat template ends in
 * `<think>`), so the text before it was thinking. Formats seen in the wild: DeepSeek-R1, QwQ and
 * Qwen3 (`<think>`), Claude-style `<thinking>`, OpenThoughts-114k (`<|begin_of_thought|>` …).
 */
import type { Lane } from "./trace.ts";
import type { CharOffset } from "./units.ts";

/**
 * How the lanes were told apart: by complete tags; by a closing tag whose opening one is missing; by
 * an opening tag that never closes (all after it is thinking); or not at all (all is response).
 */
export type LaneDetection = "tags" | "missing-open" | "unclosed" | "none";

/** Which tags were seen: `<think>`, `<thinking>`, or OpenThoughts' thought and solution marks. */
export type TagPair = "think" | "thinking" | "thought-solution";

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

interface Tag {
  readonly pair: TagPair;
  /** What the tag does to the lane: open or close thinking, or (OpenThoughts) delimit the response. */
  readonly effect: "open" | "close" | "open-response" | "close-response";
  readonly start: CharOffset;
  readonly end: CharOffset;
}

// No repetition in the pattern: a failed match costs a constant, so the scan is linear.
const TAG = /<(\/?)think(ing)?>|<\|(begin|end)_of_(thought|solution)\|>/gi;
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

/** The tags of the first tag's family, in order. `<think>` and `<thinking>` close one another. */
function findTags(chain: string): Tag[] {
  const tags: Tag[] = [];
  for (const match of chain.matchAll(TAG)) {
    const [text, slash, ing, side, kind] = match;
    const start = match.index;
    const end = start + text.length;
    // A tag in backticks is talk about the tag, not a tag.
    if (chain[start - 1] === "`" && chain[end] === "`") {
      continue;
    }
    if (kind === undefined) {
      const pair = ing === undefined ? "think" : "thinking";
      tags.push({ pair, effect: slash === "/" ? "close" : "open", start, end });
    } else {
      const verb = side?.toLowerCase() === "begin" ? "open" : "close";
      const effect = kind.toLowerCase() === "thought" ? verb : (`${verb}-response` as const);
      tags.push({ pair: "thought-solution", effect, start, end });
    }
  }
  const isMarked = tags[0]?.pair === "thought-solution";
  return tags.filter((tag) => (tag.pair === "thought-solution") === isMarked);
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
