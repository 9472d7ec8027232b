/** Spoiled tokenizers: each must be refused when a model loads, in words that name what was expected. */
import { describe, expect, it } from "vitest";
import {
  openTokenizer,
  readPublished,
  readTokenizer,
  type TokenizerFiles,
} from "../../e2e/fixtures/tokenizers.ts";
import { AppError } from "../core/errors.ts";
import { protocolById } from "../core/protocols/index.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import { checkProtocol } from "./check-protocol.ts";

const fixture = (name: string, change?: (text: string) => string) =>
  readTokenizer(`e2e/fixtures/checkpoints/${name}`, change);

/** Exchanges two strings of a JSON text, each spelled as JSON spells it. */
function exchange(one: string, other: string): (text: string) => string {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return (text) =>
    text
      .split(a)
      .map((part) => part.replaceAll(b, a))
      .join(b);
}

function withTemplate(files: TokenizerFiles, chatTemplate: string): TokenizerFiles {
  return { ...files, chatTemplate };
}

function withoutTemplate({ tokenizer, config }: TokenizerFiles): TokenizerFiles {
  return { tokenizer, config };
}

/** What a model with this protocol and tokenizer is refused with. */
function refusal(protocol: Protocol, files: TokenizerFiles): string {
  try {
    checkProtocol(protocol, openTokenizer(files));
  } catch (thrown) {
    const error = AppError.from(thrown);
    expect(error.code).toBe("unsupported-model");
    return error.message;
  }
  return "not refused";
}

describe("a published vocabulary with a token in the wrong place", () => {
  it.each<[protocol: string, files: TokenizerFiles, message: string]>([
    [
      "qwen2.5-math-prm",
      readPublished("qwen2.5-prm", exchange("<extra_0>", "<|quad_start|>")),
      'needs "<extra_0>" to be token 151651, as in every qwen2.5 vocabulary, and in this tokenizer it is 151650',
    ],
    [
      "math-shepherd",
      readPublished("mistral", exchange("▁ки", "▁ко")),
      'needs "ки" to be token 12902, as in every mistral vocabulary',
    ],
    [
      "math-shepherd",
      readPublished("mistral", exchange("▁+", "▁-")),
      'needs "+" to be token 648, as in every mistral vocabulary, and in this tokenizer it is 387',
    ],
    [
      "rlhflow-llama3.1-8b-prm",
      readPublished("llama-3", exchange("+", "-")),
      'needs "+" to be token 10, as in every llama-3 vocabulary, and in this tokenizer it is 12',
    ],
    [
      "math-psa",
      readPublished("qwen2.5", exchange("Ġ-", "Ġ+")),
      'needs " +" to be token 488, as in every qwen2.5 vocabulary, and in this tokenizer it is 481',
    ],
    [
      "trl-prm",
      readPublished("qwen2.5", exchange("Ċ", "ĊĊ")),
      'needs "\\n" to be token 198, as in every qwen2.5 vocabulary',
    ],
  ])("%s", (id, files, message) => {
    expect(refusal(protocolById(id), files)).toContain(message);
  });

  it("is not looked for in a vocabulary of its own", () => {
    expect(refusal(protocolById("trl-prm"), fixture("tiny-trl-prm"))).toBe("not refused");
  });
});

describe("a tokenizer that cannot carry the protocol", () => {
  it.each<[what: string, protocol: Protocol, files: TokenizerFiles, message: string]>([
    [
      "without the marker",
      protocolById("qwen2.5-math-prm"),
      readPublished("qwen2.5"),
      'needs "<extra_0>" to be a special token, and in this tokenizer it is not',
    ],
    [
      "with a marker of several tokens",
      protocolById("versaprm"),
      readPublished("mistral"),
      'needs " \\n\\n\\n\\n" to be one token, and in this tokenizer it is not',
    ],
    [
      "without a beginning-of-sequence token",
      protocolById("skywork-o1-open-prm"),
      readPublished("qwen2.5"),
      "needs a beginning-of-sequence token, and this tokenizer names none",
    ],
    [
      "with one token for both answers",
      protocolById("rlhflow-llama3.1-8b-prm"),
      fixture("tiny-rlhflow-llama3", (text) => text.replace(/"-": ?12\b/, '"-": 10')),
      'reads "+" and "-" from tokens of their own, and in this tokenizer they are the same',
    ],
    [
      "with an answer of several tokens",
      { ...protocolById("math-psa"), checks: [], head: { kind: "lm-rows", candidates: ["good step", "-"] } },
      readPublished("qwen2.5"),
      'reads the answer "good step" from one token, and in this tokenizer it is 2',
    ],
    [
      "that joins the marker with the text before it",
      {
        ...protocolById("trl-prm"),
        // In one piece: Qwen's tokenizer has a token for a full stop and a blank line.
        render: ({ steps }) => [
          steps.flatMap((text, step) => [
            { origin: "step", text, step },
            { origin: "template", text: "\n\n", step, read: "last" },
          ]),
        ],
      },
      readPublished("qwen2.5"),
      'joins the marker "\\n\\n" with the text around it',
    ],
    [
      "without a chat template",
      protocolById("qwen2.5-math-prm"),
      withoutTemplate(fixture("tiny-qwen2.5-math-prm")),
      "needs a chat template and the tokenizer has none",
    ],
    [
      "whose chat template leaves out a turn",
      protocolById("rlhflow-llama3.1-8b-prm"),
      withTemplate(
        fixture("tiny-rlhflow-llama3"),
        "{% for message in messages[:2] %}{{ message.role }}\n\n{{ message.content }}\n{% endfor %}",
      ),
      "leaves 1 read positions for 2 steps",
    ],
    [
      "whose chat template refuses a system message",
      protocolById("qwen2.5-math-prm"),
      withTemplate(
        fixture("tiny-qwen2.5-math-prm"),
        "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}",
      ),
      "the chat template does not render the protocol's messages: no system role",
    ],
  ])("%s", (_what, protocol, files, message) => {
    expect(refusal(protocol, files)).toContain(message);
  });
});
