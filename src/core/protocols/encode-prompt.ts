/**
 * Turns a rendered prompt into token ids and read positions. Special tokens come only from template text:
 * each piece is cut at them there, and everything else is encoded by a tokenizer that does not know them,
 * so `<extra_0>` or `<|im_end|>` typed by a person stays text and cannot forge a step or a role.
 */
import { AppError } from "../errors.ts";
import type { StepIndex, TokenIndex } from "../units.ts";
import { alignTokens } from "./align-tokens.ts";
import type { PromptPart, PromptPiece } from "./protocol.ts";

/** What encoding needs of a tokenizer. */
export interface PromptTokenizer {
  /** Content to id, for every special token. */
  readonly specialTokens: ReadonlyMap<string, number>;
  /** Ids of plain text; never a special token's id. */
  encodeText(text: string): readonly number[];
  /** The token as the vocabulary writes it. */
  tokenOf(id: number): string;
}

export interface EncodedStep {
  /** Half-open range of the step's tokens, its separator or marker included. */
  readonly tokens: readonly [TokenIndex, TokenIndex];
  /** Position of the step's marker token, for protocols that have one. */
  readonly marker?: TokenIndex;
}

export interface EncodedPrompt {
  readonly ids: readonly number[];
  /** One entry a step that fits the context, in order. */
  readonly steps: readonly EncodedStep[];
}

interface Run {
  readonly special?: number;
  readonly parts: readonly PromptPart[];
}

function specialPattern(tokenizer: PromptTokenizer): RegExp | undefined {
  const contents = [...tokenizer.specialTokens.keys()].sort((a, b) => b.length - a.length);
  const escaped = contents.map((content) => content.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return escaped.length === 0 ? undefined : new RegExp(`(${escaped.join("|")})`);
}

/** Cuts a piece at the special tokens of its template parts; neighbouring text stays together. */
function toRuns(piece: PromptPiece, tokenizer: PromptTokenizer, pattern: RegExp | undefined): Run[] {
  const runs: Run[] = [];
  let text: PromptPart[] = [];
  const flush = () => {
    if (text.length > 0) {
      runs.push({ parts: text });
      text = [];
    }
  };
  for (const part of piece) {
    if (part.origin !== "template" || pattern === undefined) {
      text.push(part);
      continue;
    }
    for (const stretch of part.text.split(pattern)) {
      const special = tokenizer.specialTokens.get(stretch);
      if (special !== undefined) {
        flush();
        runs.push({ special, parts: [{ ...part, text: stretch }] });
      } else if (stretch !== "") {
        text.push({ ...part, text: stretch });
      }
    }
  }
  flush();
  return runs;
}

/** The part each token of a run starts in; all of them in the last part when they cannot be placed. */
function owners(run: Run, text: string, ids: readonly number[], tokenizer: PromptTokenizer): PromptPart[] {
  const last = run.parts.at(-1);
  if (last === undefined) {
    return [];
  }
  const ranges =
    run.parts.length === 1
      ? undefined
      : alignTokens(
          text,
          ids.map((id) => tokenizer.tokenOf(id)),
        );
  if (ranges === undefined) {
    return ids.map(() => last);
  }
  let index = 0;
  let end = run.parts[0]?.text.length ?? 0;
  return ranges.map(([start]) => {
    while (start >= end && index < run.parts.length - 1) {
      index += 1;
      end += run.parts[index]?.text.length ?? 0;
    }
    return run.parts[index] ?? last;
  });
}

/**
 * Encodes the pieces up to the model's context.
 *
 * @param context Longest input in tokens. Steps that do not fit whole are left out, never cut.
 * @throws AppError `bad-input` when not even the first step fits, `internal` when a read position is lost.
 */
export function encodePrompt(
  pieces: readonly PromptPiece[],
  stepCount: number,
  tokenizer: PromptTokenizer,
  context: number,
): EncodedPrompt {
  const pattern = specialPattern(tokenizer);
  const specialIds = new Set(tokenizer.specialTokens.values());
  const ids: number[] = [];
  const ranges = new Map<StepIndex, { start: TokenIndex; end: TokenIndex; marker?: TokenIndex }>();
  const push = (id: number, part: PromptPart | undefined) => {
    const at = ids.length;
    ids.push(id);
    if (part?.step === undefined) {
      return;
    }
    const range = ranges.get(part.step) ?? { start: at, end: at };
    range.end = at + 1;
    if (part.marker === true) {
      range.marker = at;
    }
    ranges.set(part.step, range);
  };
  for (const piece of pieces) {
    for (const run of toRuns(piece, tokenizer, pattern)) {
      if (ids.length > context) {
        break;
      }
      if (run.special !== undefined) {
        push(run.special, run.parts[0]);
        continue;
      }
      const text = run.parts.map((part) => part.text).join("");
      const encoded = tokenizer.encodeText(text);
      if (encoded.some((id) => specialIds.has(id))) {
        throw new AppError("internal", "text was encoded as a special token");
      }
      const parts = owners(run, text, encoded, tokenizer);
      for (const [index, id] of encoded.entries()) {
        push(id, parts[index]);
      }
    }
  }
  return cutToContext(ids, ranges, stepCount, context);
}

function cutToContext(
  ids: number[],
  ranges: ReadonlyMap<StepIndex, { start: TokenIndex; end: TokenIndex; marker?: TokenIndex }>,
  stepCount: number,
  context: number,
): EncodedPrompt {
  const steps: EncodedStep[] = [];
  for (let step = 0; step < stepCount; step += 1) {
    const range = ranges.get(step);
    if (range === undefined || range.end > context) {
      break;
    }
    steps.push({
      tokens: [range.start, range.end],
      ...(range.marker === undefined ? {} : { marker: range.marker }),
    });
  }
  if (ids.length <= context) {
    if (steps.length !== stepCount) {
      throw new AppError("internal", `${steps.length} read positions for ${stepCount} steps`);
    }
    return { ids, steps };
  }
  const end = steps.at(-1)?.tokens[1];
  if (end === undefined) {
    throw new AppError(
      "bad-input",
      `the problem and the first step take more than the ${context.toLocaleString("en-US")} tokens this model reads at once`,
    );
  }
  return { ids: ids.slice(0, end), steps };
}
