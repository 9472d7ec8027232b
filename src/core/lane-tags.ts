/**
 * The tags that reasoning models write around their thoughts, and what each does.
 * `<think>`: DeepSeek-R1, QwQ and Qwen3; `<thinking>` after Claude's prompts; `<thought>`: EXAONE Deep, and what
 * https://docs.openwebui.com/features/chat-features/reasoning-models lists. `<reasoning>` and then `<answer>`: recipes
 * of GRPO (https://huggingface.co/docs/trl/grpo_trainer); `<think>` and then `<answer>`: DeepSeek-R1-Zero (arXiv
 * 2501.12948, table 1). `◁think▷`: Kimi. `<|im_start|>think` and `<|im_start|>answer`: s1. `<|begin_of_thought|>`:
 * OpenThoughts-114k. `[THINK]`: Magistral (docs.vllm.ai, vllm.reasoning.mistral_reasoning_parser). `<seed:think>`:
 * https://github.com/ByteDance-Seed/seed-oss. Channels: gpt-oss, https://cookbook.openai.com/articles/openai-harmony.
 */

/** Which tags were seen, named for who writes them or for what they say. */
export type TagPair =
  | "think"
  | "thinking"
  | "thought"
  | "reasoning"
  | "kimi"
  | "magistral"
  | "seed"
  | "s1"
  | "thought-solution"
  | "harmony";

export interface TagMeaning {
  readonly pair: TagPair;
  /** Tags close one another within a family: models mix up `<think>` and `<thinking>`. */
  readonly family: string;
  /** What the tag does to the lane: open or close thinking, or delimit the response. */
  readonly effect: "open" | "close" | "open-response" | "close-response";
  /** Ends any turn: it tells nothing unless one of its family's own tags came before. */
  readonly isOfAnyTurn?: boolean;
}

// Nothing repeats in the pattern: a failed match costs a constant, so the scan is linear.
export const TAG =
  /<\/?(?:think|thinking|thought|reasoning|answer|seed:think)>|\[\/?THINK\]|◁\/?think▷|<\|(?:begin|end)_of_(?:thought|solution)\|>|<\|im_start\|>(?:think|answer)\b|<\|im_end\|>|(?:<\|start\|>assistant)?<\|channel\|>(?:analysis|commentary|final)<\|message\|>|<\|(?:end|return|call)\|>/gi;

/** Opens a message of gpt-oss, in front of its channel. */
const MESSAGE_START = "<|start|>assistant";

/** The answer behind the thinking of an XML recipe; part of its family only there. */
export const ANSWER_OPEN = "<answer>";
export const ANSWER_CLOSE = "</answer>";
/** The families whose recipes know an answer. */
export const ANSWERING: ReadonlySet<string> = new Set(["think", "thought", "reasoning"]);

function around(pair: TagPair, open: string, close: string, family: string = pair): [string, TagMeaning][] {
  return [
    [open, { pair, family, effect: "open" }],
    [close, { pair, family, effect: "close" }],
  ];
}

function mark(pair: TagPair, text: string, effect: TagMeaning["effect"]): [string, TagMeaning] {
  return [text, { pair, family: pair, effect }];
}

function turnEnd(pair: TagPair, text: string): [string, TagMeaning] {
  return [text, { pair, family: pair, effect: "close-response", isOfAnyTurn: true }];
}

/** By the tag in lower case. */
const MEANINGS: ReadonlyMap<string, TagMeaning> = new Map([
  ...around("think", "<think>", "</think>"),
  ...around("thinking", "<thinking>", "</thinking>", "think"),
  ...around("thought", "<thought>", "</thought>"),
  ...around("reasoning", "<reasoning>", "</reasoning>"),
  ...around("kimi", "◁think▷", "◁/think▷"),
  ...around("magistral", "[think]", "[/think]"),
  ...around("seed", "<seed:think>", "</seed:think>"),
  mark("s1", "<|im_start|>think", "open"),
  mark("s1", "<|im_start|>answer", "open-response"),
  turnEnd("s1", "<|im_end|>"),
  ...around("thought-solution", "<|begin_of_thought|>", "<|end_of_thought|>"),
  mark("thought-solution", "<|begin_of_solution|>", "open-response"),
  mark("thought-solution", "<|end_of_solution|>", "close-response"),
  mark("harmony", "<|channel|>analysis<|message|>", "open"),
  // What a model says of its tool calls is meant for the user.
  mark("harmony", "<|channel|>commentary<|message|>", "open-response"),
  mark("harmony", "<|channel|>final<|message|>", "open-response"),
  turnEnd("harmony", "<|end|>"),
  turnEnd("harmony", "<|return|>"),
  turnEnd("harmony", "<|call|>"),
]);

/** What a match of `TAG` means; undefined for the tags of an answer, whose place decides. */
export function meaningOf(tag: string): TagMeaning | undefined {
  const text = tag.toLowerCase();
  const meaning = MEANINGS.get(text.startsWith(MESSAGE_START) ? text.slice(MESSAGE_START.length) : text);
  // One token of Magistral's vocabulary; in small letters it is somebody's aside.
  return meaning?.pair === "magistral" && tag !== tag.toUpperCase() ? undefined : meaning;
}

/** How each pair opens and closes the thinking, for people. */
export const TAG_NAMES: Readonly<Record<TagPair, { readonly open: string; readonly close: string }>> = {
  think: { open: "<think>", close: "</think>" },
  thinking: { open: "<thinking>", close: "</thinking>" },
  thought: { open: "<thought>", close: "</thought>" },
  reasoning: { open: "<reasoning>", close: "</reasoning>" },
  kimi: { open: "◁think▷", close: "◁/think▷" },
  magistral: { open: "[THINK]", close: "[/THINK]" },
  seed: { open: "<seed:think>", close: "</seed:think>" },
  s1: { open: "<|im_start|>think", close: "<|im_start|>answer" },
  "thought-solution": { open: "<|begin_of_thought|>", close: "<|end_of_thought|>" },
  harmony: { open: "<|channel|>analysis", close: "<|channel|>final" },
};
