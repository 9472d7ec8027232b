/**
 * Turns a rendered prompt into token ids and read positions. Special tokens come only from template text:
 * each piece is cut at them there, and everything else is encoded by a tokenizer that does not know them,
 * so `<extra_0>` or `<|im_end|>` typed by a person stays text and cannot forge a step or a role.
 */
import { AppError } from "../errors.ts";
import type { StepIndex, TokenIndex } from "../units.ts";
import { alignTokens, type TokenRange } from "./align-tokens.ts";
import { cutToContext, type StepTokens } from "./cut-to-context.ts";
import { type PrefixRead, prefixReads } from "./prefix-reads.ts";
import type { PromptPart, PromptPiece } from "./protocol.ts";

/** What encoding needs of a tokenizer. */
export interface PromptTokenizer {
  /** Content to id, for every special token. */
  readonly specialTokens: ReadonlyMap<string, number>;
  /** Ids of plain text; never a special token's id. */
  encodeText(text: string): readonly number[];
  /** The text in the Unicode form the tokenizer brings it to before it cuts it. */
  normalize(text: string): string;
  /** The token as the vocabulary writes it. */
  tokenOf(id: number): string;
  /** A token's id, special or not, by what the vocabulary writes. */
  idOf(token: string): number | undefined;
}

export interface EncodedStep {
  /** Half-open range of the step's tokens, its separator or marker included. */
  readonly tokens: readonly [TokenIndex, TokenIndex];
  /** Position whose logits carry the step's reward. */
  readonly read: TokenIndex;
  /** Set when the read is made beside the sequence, on the prefix's own tokens. */
  readonly prefix?: PrefixRead;
}

export interface EncodedPrompt {
  readonly ids: readonly number[];
  /** One entry a step that fits the context, in order. */
  readonly steps: readonly EncodedStep[];
}

export interface EncodeOptions {
  /** Longest input in tokens. Steps that do not fit whole are left out, never cut. */
  readonly context: number;
  /** See `Protocol.readsPrefixes`. */
  readonly readsPrefixes?: boolean;
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
    const { read, ...unread } = part;
    const stretches = part.text.split(pattern).filter((stretch) => stretch !== "");
    for (const [index, stretch] of stretches.entries()) {
      const isRead = read !== undefined && index === (read === "last" ? stretches.length - 1 : 0);
      const cut: PromptPart = { ...unread, text: stretch, ...(isRead ? { read } : {}) };
      const special = tokenizer.specialTokens.get(stretch);
      if (special === undefined) {
        text.push(cut);
      } else {
        flush();
        runs.push({ special, parts: [cut] });
      }
    }
  }
  flush();
  return runs.filter((run) => run.special !== undefined || run.parts.some((part) => part.text !== ""));
}

/** A part with its place in its run's text. */
interface PlacedPart {
  readonly part: PromptPart;
  readonly start: number;
  readonly end: number;
}

/** @param texts The parts' texts, as they are cut into tokens. */
function placeParts(parts: readonly PromptPart[], texts: readonly string[]): PlacedPart[] {
  let end = 0;
  return parts.map((part, index) => {
    const start = end;
    end += texts[index]?.length ?? 0;
    return { part, start, end };
  });
}

/** First and last token of a part: those that cover its first and its last character. */
function tokensOfPart(
  { part, start, end }: PlacedPart,
  ranges: readonly TokenRange[] | undefined,
  count: number,
  alone: boolean,
): readonly [number, number] | undefined {
  if (alone) {
    return [0, count - 1];
  }
  if (start === end) {
    return undefined;
  }
  const first = ranges?.findIndex((range) => range[1] > start) ?? -1;
  const last = ranges?.findLastIndex((range) => range[0] < end) ?? -1;
  if (first < 0 || last < 0) {
    if (part.read !== undefined) {
      throw new AppError(
        "unsupported-model",
        "this tokenizer's tokens cannot be placed on the text they come from",
      );
    }
    return undefined;
  }
  return [first, last];
}

class Encoder {
  readonly ids: number[] = [];
  readonly steps = new Map<StepIndex, StepTokens>();
  readonly #tokenizer: PromptTokenizer;
  readonly #specialIds: ReadonlySet<number>;
  /** Last token of each marker, alone. */
  readonly #markers = new Map<string, number | undefined>();

  constructor(tokenizer: PromptTokenizer) {
    this.#tokenizer = tokenizer;
    this.#specialIds = new Set(tokenizer.specialTokens.values());
  }

  addRun(run: Run): void {
    const at = this.ids.length;
    if (run.special !== undefined) {
      this.ids.push(run.special);
      this.#addParts(placeParts(run.parts, []), undefined, 1, at);
      return;
    }
    const texts = run.parts.map((part) => this.#tokenizer.normalize(part.text));
    const text = texts.join("");
    const encoded = this.#tokenizer.encodeText(text);
    for (const id of encoded) {
      if (this.#specialIds.has(id)) {
        throw new AppError("internal", "text was encoded as a special token");
      }
      this.ids.push(id);
    }
    const parts = placeParts(run.parts, texts);
    const tokens = parts.length === 1 ? [] : encoded.map((id) => this.#tokenizer.tokenOf(id));
    this.#addParts(parts, parts.length === 1 ? undefined : alignTokens(text, tokens), encoded.length, at);
  }

  #addParts(
    parts: readonly PlacedPart[],
    ranges: readonly TokenRange[] | undefined,
    count: number,
    at: TokenIndex,
  ) {
    for (const placed of parts) {
      const { step, read } = placed.part;
      const tokens =
        step === undefined || count === 0
          ? undefined
          : tokensOfPart(placed, ranges, count, parts.length === 1);
      if (step === undefined || tokens === undefined) {
        continue;
      }
      const [first, last] = [at + tokens[0], at + tokens[1]];
      if (parts.length > 1) {
        this.#checkMarker(placed.part, last);
      }
      const known = this.steps.get(step);
      this.steps.set(step, {
        start: Math.min(known?.start ?? first, first),
        end: Math.max(known?.end ?? 0, last + 1),
        read: read === undefined ? known?.read : readPosition(read, first, last),
      });
    }
  }

  /** A marker read at its last token must have kept that token: published code finds its steps by it. */
  #checkMarker({ origin, read, text }: PromptPart, last: TokenIndex): void {
    if (origin !== "template" || read !== "last") {
      return;
    }
    if (!this.#markers.has(text)) {
      this.#markers.set(text, this.#tokenizer.encodeText(text).at(-1));
    }
    if (this.ids[last] !== this.#markers.get(text)) {
      throw new AppError(
        "unsupported-model",
        `this tokenizer joins the marker ${JSON.stringify(text)} with the text around it`,
      );
    }
  }
}

function readPosition(
  read: NonNullable<PromptPart["read"]>,
  first: TokenIndex,
  last: TokenIndex,
): TokenIndex {
  switch (read) {
    case "first":
      return first;
    case "last":
      return last;
    case "second-last":
      return last - 1;
    case "before":
      return first - 1;
  }
}

/**
 * Encodes the pieces up to the model's context.
 * @throws AppError `bad-input` when not even the first step fits, `unsupported-model` when a read position or
 *   its marker is lost.
 */
export function encodePrompt(
  pieces: readonly PromptPiece[],
  stepCount: number,
  tokenizer: PromptTokenizer,
  { context, readsPrefixes = false }: EncodeOptions,
): EncodedPrompt {
  const pattern = specialPattern(tokenizer);
  const encoder = new Encoder(tokenizer);
  for (const piece of pieces) {
    for (const run of toRuns(piece, tokenizer, pattern)) {
      if (encoder.ids.length > context) {
        break;
      }
      encoder.addRun(run);
    }
  }
  const encoded = cutToContext(encoder.ids, encoder.steps, stepCount, context);
  return readsPrefixes ? prefixReads(encoded, pieces, tokenizer) : encoded;
}
