import { AutoTokenizer, PreTrainedTokenizer } from "@huggingface/transformers";
import * as v from "valibot";
import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import type { PromptTokenizer } from "../core/protocols/encode-prompt.ts";
import type { PromptContext, TokenCheck } from "../core/protocols/protocol.ts";
import { vocabularyOf } from "../core/protocols/published-vocabulary.ts";
import { createChatTemplate } from "./chat-template.ts";
import type { ProvidedModel } from "./host.ts";
import { remembered } from "./remembered.ts";

const UNICODE_FORMS = ["NFC", "NFD", "NFKC", "NFKD"] as const;
/** One normalizer, or a `Sequence` of them. */
const Normalizer = v.looseObject({
  type: v.string(),
  normalizers: v.optional(v.array(v.looseObject({ type: v.string() }))),
});

const TokenizerJson = v.looseObject({
  normalizer: v.nullish(Normalizer),
  added_tokens: v.array(v.looseObject({ id: v.number(), content: v.string(), special: v.boolean() })),
});
const TokenizerParts = v.looseObject({ _tokenizerJSON: TokenizerJson, _tokenizerConfig: v.looseObject({}) });

export interface LoadedTokenizer extends PromptTokenizer {
  readonly context: PromptContext;
  /** The ids as text, special tokens written out. A lone byte of a character shows as U+FFFD. */
  decode(ids: readonly number[]): string;
  /** One token as text. */
  textOf(id: number): string;
}

/**
 * Makes the two tokenizers a prompt needs from one: the map of special tokens, and a twin that has never
 * heard of them, for everything a person typed.
 */
export function createPromptTokenizer(
  tokenizer: PreTrainedTokenizer,
  chatTemplate?: string,
): LoadedTokenizer {
  const { _tokenizerJSON: json, _tokenizerConfig: config } = v.parse(TokenizerParts, { ...tokenizer });
  const special = json.added_tokens.filter((token) => token.special);
  const plain = new PreTrainedTokenizer(
    { ...json, added_tokens: json.added_tokens.filter((token) => !token.special) },
    config,
  );
  const { words, idOf } = vocabulary(json);
  let render: ReturnType<typeof createChatTemplate> | undefined;
  const decode = (ids: readonly number[]) =>
    tokenizer.decode([...ids], { skip_special_tokens: false, clean_up_tokenization_spaces: false });
  return {
    specialTokens: new Map(special.map((token) => [token.content, token.id])),
    normalize: unicodeNormalizer(json),
    encodeText: remembered((text: string) =>
      text === "" ? [] : plain.encode(text, { add_special_tokens: false }),
    ),
    textOf: remembered((id: number) => decode([id])),
    tokenOf: (id) => assertDefined(words.get(id), `token ${id}`),
    idOf,
    decode,
    context: {
      bos: typeof tokenizer.bos_token === "string" ? tokenizer.bos_token : "",
      autoPrefix: tokenizer
        .encode("")
        .map((id) => assertDefined(words.get(id), `token ${id}`))
        .join(""),
      chat: (messages) => {
        const template: unknown = chatTemplate ?? tokenizer.chat_template;
        if (typeof template !== "string") {
          throw new AppError(
            "unsupported-model",
            "the protocol needs a chat template and the tokenizer has none",
          );
        }
        try {
          render ??= createChatTemplate(template, config);
          return render(messages);
        } catch (cause) {
          // As some refuse a system role.
          throw new AppError(
            "unsupported-model",
            `the chat template does not render the protocol's messages: ${AppError.from(cause).message}`,
            {},
            cause,
          );
        }
      },
    },
  };
}

/** Qwen's tokenizers compose letters and accents first; most others leave the text as it is. */
function unicodeNormalizer({ normalizer }: v.InferOutput<typeof TokenizerJson>): (text: string) => string {
  const types = [normalizer, ...(normalizer?.normalizers ?? [])].map((one) => one?.type);
  const form = UNICODE_FORMS.find((name) => types.includes(name));
  return form === undefined ? (text) => text : (text) => text.normalize(form);
}

const VocabularyJson = v.looseObject({
  model: v.looseObject({ vocab: v.record(v.string(), v.number()) }),
});

interface Vocabulary {
  /** Id to token, as the vocabulary writes it (byte-level characters and all). */
  readonly words: ReadonlyMap<number, string>;
  idOf(token: string): number | undefined;
}

function vocabulary(json: v.InferOutput<typeof TokenizerJson>): Vocabulary {
  const { vocab } = v.parse(VocabularyJson, json).model;
  const words = new Map(Object.entries(vocab).map(([token, id]) => [id, token]));
  const added = new Map(json.added_tokens.map(({ id, content }) => [content, id]));
  for (const [content, id] of added) {
    words.set(id, content);
  }
  return { words, idOf: (token) => added.get(token) ?? vocab[token] };
}

/** Newer checkpoints keep their chat template beside tokenizer_config.json; transformers.js reads only that one. */
const CHAT_TEMPLATE_FILE = "chat_template.jinja";

/** Loads the tokenizer of a model whose files have been provided. */
export async function loadTokenizer({ pretrainedId, readText }: ProvidedModel): Promise<LoadedTokenizer> {
  const tokenizer = await AutoTokenizer.from_pretrained(pretrainedId);
  return createPromptTokenizer(tokenizer, await readText(CHAT_TEMPLATE_FILE));
}

/**
 * Checks what a protocol takes for granted, so that a tokenizer that cannot carry it is refused when the
 * model loads, not when a score comes out wrong.
 * @throws AppError `unsupported-model`, naming what was expected.
 */
export function checkTokens(checks: readonly TokenCheck[], tokenizer: LoadedTokenizer): void {
  const published = vocabularyOf(tokenizer.idOf);
  for (const check of checks) {
    if (check.is === "bos") {
      if (tokenizer.context.bos === "") {
        throw new AppError(
          "unsupported-model",
          "the protocol needs a beginning-of-sequence token, and this tokenizer names none",
        );
      }
      continue;
    }
    const { text, is, ids = {} } = check;
    const special = tokenizer.specialTokens.get(text);
    const found = special === undefined ? tokenizer.encodeText(text) : [special];
    const holds =
      is === "special" ? special !== undefined : is === "one-token" ? found.length === 1 : found.length > 0;
    const needs = (what: string) => `the protocol needs ${JSON.stringify(text)} to be ${what}`;
    if (!holds) {
      const what = is === "special" ? "a special token" : is === "one-token" ? "one token" : "any token";
      throw new AppError("unsupported-model", `${needs(what)}, and in this tokenizer it is not`);
    }
    const expected = published === undefined ? undefined : ids[published];
    const last = found.at(-1);
    if (expected !== undefined && last !== expected) {
      throw new AppError(
        "unsupported-model",
        `${needs(`token ${expected}`)}, as in every ${published} vocabulary, and in this tokenizer it is ${last}`,
      );
    }
  }
}
