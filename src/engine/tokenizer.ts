import { AutoTokenizer, PreTrainedTokenizer } from "@huggingface/transformers";
import * as v from "valibot";
import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import type { PromptTokenizer } from "../core/protocols/encode-prompt.ts";
import type { PromptContext, TokenCheck } from "../core/protocols/protocol.ts";
import type { ProvidedModel } from "./host.ts";

const TokenizerJson = v.looseObject({
  added_tokens: v.array(v.looseObject({ id: v.number(), content: v.string(), special: v.boolean() })),
});
const TokenizerParts = v.looseObject({ _tokenizerJSON: TokenizerJson, _tokenizerConfig: v.looseObject({}) });

export interface LoadedTokenizer extends PromptTokenizer {
  readonly context: PromptContext;
  /** The ids as text, special tokens written out. A lone byte of a character shows as U+FFFD. */
  decode(ids: readonly number[]): string;
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
  const words = vocabulary(json);
  return {
    specialTokens: new Map(special.map((token) => [token.content, token.id])),
    encodeText: (text) => (text === "" ? [] : plain.encode(text, { add_special_tokens: false })),
    tokenOf: (id) => assertDefined(words.get(id), `token ${id}`),
    decode: (ids) =>
      tokenizer.decode([...ids], { skip_special_tokens: false, clean_up_tokenization_spaces: false }),
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
        const rendered = tokenizer.apply_chat_template([...messages], {
          chat_template: template,
          tokenize: false,
          add_generation_prompt: false,
        });
        return String(rendered);
      },
    },
  };
}

const VocabularyJson = v.looseObject({
  model: v.looseObject({ vocab: v.record(v.string(), v.number()) }),
});

/** Id to token, as the vocabulary writes it (byte-level characters and all). */
function vocabulary(json: v.InferOutput<typeof TokenizerJson>): ReadonlyMap<number, string> {
  const { vocab } = v.parse(VocabularyJson, json).model;
  const words = new Map(Object.entries(vocab).map(([token, id]) => [id, token]));
  for (const { id, content } of json.added_tokens) {
    words.set(id, content);
  }
  return words;
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
 * @throws AppError `unsupported-model`
 */
export function checkTokens(checks: readonly TokenCheck[], tokenizer: PromptTokenizer): void {
  for (const { text, is } of checks) {
    const isSpecial = tokenizer.specialTokens.has(text);
    const count = isSpecial ? 1 : tokenizer.encodeText(text).length;
    const holds = is === "special" ? isSpecial : is === "one-token" ? count === 1 : count > 0;
    if (!holds) {
      const what = is === "special" ? "a special token" : is === "one-token" ? "one token" : "any token";
      throw new AppError(
        "unsupported-model",
        `the protocol needs ${JSON.stringify(text)} to be ${what}, and in this tokenizer it is not`,
      );
    }
  }
}
