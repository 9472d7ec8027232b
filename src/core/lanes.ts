/**
 * Tells thinking from response in a raw chain by the tags reasoning models write around their
 * thoughts. One walk over the tags: text takes the lane the last tag left open, and a closing tag
 * nobody opened means its opening one was part of the prompt (DeepSeek-R1's chat template ends in
 * `<think>`), so the text before it was thinking. Formats seen in the wild: DeepSeek-R1, QwQ and
 * Qwen3 (`<think>`), Claude-style `<thinking>`, `<reasoning>` of GRPO recipes, Kimi (`◁think▷`), s1
 * (`<|im_start|>think`, `<|im_start|>answer`), OpenThoughts-114k (`<|begin_of_thought|>` …).
 */
import type { Lane } from "./trace.ts";
import type { CharOffset } from "./units.ts";

/**
 * How the lanes were told apart: by complete tags; by a closing tag whose opening one is missing; by
 * an opening tag that never closes (all after it is thinking); or not at all (all is response).
 */
export type LaneDetection = "tags" | "missing-open" | "unclosed" | "none";

/** Which tags were seen: `<think>`, `<thinking>`, `<reasoning>`, Kimi's, s1's, or OpenThoughts' marks. */
export type TagPair = "think" | "thinking" | "reasoning" | "kimi" | "s1" | "thought-solution";

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
  /** What the tag does to the lane: open or close thinking, or (OpenThoughts, s1) delimit the response. */
  readonly effect: "open" | "close" | "open-response" | "close-response";
  readonly start: CharOffset;
  readonly end: CharOffset;
}

// No repetition in the pattern: a failed match costs a constant, so the scan is linear.
const TAG =
  /<\/?(?:think|thinking|reasoning)>|◁\/?think▷|<\|(?:begin|end)_of_(?:thought|solution)\|>|<\|im_start\|>(?:think|answer)\b|<\|im_end\|>/gi;

/** What each tag is, in lower case. */
const TAGS: Readonly<Record<string, Pick<Tag, "pair" | "effect">>> = {
  "<think>": { pair: "think", effect: "open" },
  "</think>": { pair: "think", effect: "close" },
  "<thinking>": { pair: "thinking", effect: "open" },
  "</thinking>": { pair: "thinking", effect: "close" },
  "<reasoning>": { pair: "reasoning", effect: "open" },
  "</reasoning>": { pair: "reasoning", effect: "close" },
  "◁think▷": { pair: "kimi", effect: "open" },
  "◁/think▷": { pair: "kimi", effect: "close" },
  "<|im_start|>think": { pair: "s1", effect: "open" },
  "<|im_start|>answer": { pair: "s1", effect: "open-response" },
  // Of any turn: it tells nothing unless one of s1's own marks came before.
  "<|im_end|>": { pair: "s1", effect: "close-response" },
  "<|begin_of_thought|>": { pair: "thought-solution", effect: "open" },
  "<|end_of_thought|>": { pair: "thought-solution", effect: "close" },
  "<|begin_of_solution|>": { pair: "thought-solution", effect: "open-response" },
  "<|end_of_solution|>": { pair: "thought-solution", effect: "close-response" },
};

/** How each pair opens and closes the thinking, for people. */
export const TAG_NAMES: Readonly<Record<TagPair, { readonly open: string; readonly close: string }>> = {
  think: { open: "<think>", close: "</think>" },
  thinking: { open: "<thinking>", close: "</thinking>" },
  reasoning: { open: "<reasoning>", close: "</reasoning>" },
  kimi: { open: "◁think▷", close: "◁/think▷" },
  s1: { open: "<|im_start|>think", close: "<|im_start|>answer" },
  "thought-solution": { open: "<|begin_of_thought|>", close: "<|end_of_thought|>" },
};

/** Tags that close one another: models mix up the first two. */
const FAMILIES: Readonly<Record<TagPair, string>> = {
  think: "think",
  thinking: "think",
  reasoning: "reasoning",
  kimi: "kimi",
  s1: "s1",
  "thought-solution": "thought-solution",
};

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
    const [text] = match;
    const known = TAGS[text.toLowerCase()];
    const start = match.index;
    const end = start + text.length;
    // A tag in backticks is talk about the tag, not a tag.
    const isQuoted = chain[start - 1] === "`" && chain[end] === "`";
    if (
      known !== undefined &&
      !isQuoted &&
      (tags.length > 0 || known.effect !== "close-response" || known.pair !== "s1")
    ) {
      tags.push({ ...known, start, end });
    }
  }
  const family = tags[0] && FAMILIES[tags[0].pair];
  return tags.filter((tag) => FAMILIES[tag.pair] === family);
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
