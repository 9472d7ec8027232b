/**
 * Token ids and read positions of published models, with the tokenizers they were trained with. What is expected
 * was computed by Hugging Face's tokenizers and the models' own code; see e2e/fixtures/README.md.
 *
 * Published numbers that need weights are left out: the rewards of Qwen2.5-Math-PRM, ActPRM, Math-Shepherd and
 * ReasonEval on these very texts. So is the prompt of vLLM's test of Qwen2.5-Math-PRM, which writes the chat's
 * markers without their pipes and is no prompt of that model, and Universal-PRM's, which cannot run here.
 */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openTokenizer, type PublishedTokenizer, readPublished } from "../../e2e/fixtures/tokenizers.ts";
import { encodePrompt } from "../core/protocols/encode-prompt.ts";
import { PROTOCOLS, protocolById } from "../core/protocols/index.ts";
import { vocabularyOf } from "../core/protocols/published-vocabulary.ts";
import { checkProtocol } from "./check-protocol.ts";
import type { LoadedTokenizer } from "./tokenizer.ts";

interface PublishedCase {
  readonly protocol: string;
  readonly tokenizer: PublishedTokenizer;
  readonly problem: string;
  readonly steps: readonly string[];
  readonly input_ids: readonly number[];
  readonly positions?: readonly number[];
  /** Of a model that scores prefixes: the ids of each. */
  readonly prefixes?: readonly (readonly number[])[];
  readonly prompt?: string;
}

const { cases } = JSON.parse(readFileSync("e2e/fixtures/expected/published-prompts.json", "utf8")) as {
  cases: readonly PublishedCase[];
};

const opened = new Map<string, LoadedTokenizer>();

function tokenizerOf(name: PublishedTokenizer, protocol?: string): LoadedTokenizer {
  // Skywork's tokenizer names a beginning-of-sequence token, which Qwen2.5's own does not.
  const needsBos = protocol === "skywork-o1-open-prm";
  const key = `${name} ${needsBos}`;
  const known = opened.get(key);
  if (known !== undefined) {
    return known;
  }
  const files = readPublished(name);
  const config = needsBos ? { ...files.config, bos_token: "<|endoftext|>" } : files.config;
  const tokenizer = openTokenizer({ ...files, config });
  opened.set(key, tokenizer);
  return tokenizer;
}

function encode(id: string, input: Pick<PublishedCase, "problem" | "steps">, tokenizer: LoadedTokenizer) {
  const protocol = protocolById(id);
  return encodePrompt(protocol.render(input, tokenizer.context), input.steps.length, tokenizer, {
    context: protocol.maxTokens,
    readsPrefixes: protocol.readsPrefixes ?? false,
  });
}

describe("published token ids", () => {
  it.each<[PublishedTokenizer, string, readonly number[]]>([
    ["mistral", "ки", [12902]],
    ["mistral", "+", [648]],
    ["mistral", "-", [387]],
    ["llama-3", "+", [10]],
    ["llama-3", "-", [12]],
    ["llama-3", " \n\n\n\n", [23535]],
    ["llama-3", "\n\n", [271]],
    ["llama-3", "assistant", [78191]],
    ["qwen2.5", " \n\n\n\n", [22701]],
    ["qwen2.5", " \n\n\n\n\n", [76325]],
    ["qwen2.5", " + -", [488, 481]],
    ["qwen2.5", "+", [10]],
    ["qwen2.5", "-", [12]],
    ["qwen2.5", "\n", [198]],
    ["qwen2.5", "\n\n", [271]],
  ])("%s encodes %j as %j", (name, text, ids) => {
    expect(tokenizerOf(name).encodeText(text)).toEqual(ids);
  });

  it("a newline is token 13 of SentencePiece's vocabularies, two a blank line", () => {
    // Llemma's own is CodeLlama's, which no package holds; bytes have the same ids in Mistral's.
    expect(tokenizerOf("mistral").encodeText("\n\n").slice(1)).toEqual([13, 13]);
  });

  it("special tokens have theirs", () => {
    const { specialTokens: llama } = tokenizerOf("llama-3");
    const names = ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"];
    expect(names.map((name) => llama.get(name))).toEqual([128000, 128006, 128007, 128009]);
    expect(tokenizerOf("qwen2.5-prm").specialTokens.get("<extra_0>")).toBe(151651);
  });

  it("tell the vocabularies apart", () => {
    const names = ["qwen2.5", "llama-3", "mistral"] as const;
    expect(names.map((name) => vocabularyOf(tokenizerOf(name).idOf))).toEqual(names);
  });
});

describe("published prompts", () => {
  it("are of every protocol but the embedded model's", () => {
    const published = new Set(cases.map(({ protocol }) => protocol));
    expect(PROTOCOLS.map(({ id }) => id).filter((id) => !published.has(id))).toEqual(["stepscope-prm"]);
  });

  it.each(cases.map((expected) => [expected.protocol, expected.tokenizer, expected] as const))(
    "%s with %s",
    (id, name, expected) => {
      const tokenizer = tokenizerOf(name, id);
      checkProtocol(protocolById(id), tokenizer);
      const { ids, steps } = encode(id, expected, tokenizer);
      expect(ids).toEqual(expected.input_ids);
      if (expected.prompt !== undefined) {
        expect(tokenizer.decode(ids)).toBe(expected.prompt);
      }
      if (expected.prefixes === undefined) {
        expect(steps.map(({ read }) => read)).toEqual(expected.positions);
      } else {
        const seen = steps.map(({ read, prefix }) =>
          prefix === undefined ? ids.slice(0, read + 1) : [...ids.slice(0, prefix.shared), ...prefix.ids],
        );
        expect(seen).toEqual(expected.prefixes);
      }
    },
  );
});

it("letters and accents are one text however they were typed", () => {
  const tokenizer = tokenizerOf("qwen2.5");
  const spelled = (form: "NFC" | "NFD") => ({
    problem: "Größe?".normalize(form),
    steps: ["Él gasta 3 é.".normalize(form), "fin"],
  });
  expect(spelled("NFD").steps).not.toEqual(spelled("NFC").steps);
  expect(encode("versaprm", spelled("NFD"), tokenizer)).toEqual(
    encode("versaprm", spelled("NFC"), tokenizer),
  );
});

/** The token published code looks for to find its steps. */
const MARKERS: readonly (readonly [protocol: string, tokenizer: PublishedTokenizer, marker: number])[] = [
  ["qwen2.5-math-prm", "qwen2.5-prm", 151651],
  ["reasonflux-prm-7b", "qwen2.5-prm", 151651],
  ["math-shepherd", "mistral", 12902],
  ["math-psa", "qwen2.5", 76325],
  ["versaprm", "llama-3", 23535],
  ["versaprm", "qwen2.5", 22701],
];

describe("markers", () => {
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "ки",
          "и",
          "<extra_0>",
          " \n\n\n\n",
          " \n\n\n\n\n",
          "\n\n",
          " ",
          "\r\n",
          "Step 1: ",
          ".",
        ),
        fc.string({ unit: "grapheme", maxLength: 8 }),
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.join(""));
  /** As segmentation makes them: trimmed and not empty. */
  const step = text.map((raw) => `${raw.trim()}x`.trim());

  it.each(MARKERS)(
    "of %s with %s stand once a step, where it is read, whatever was typed",
    (id, name, marker) => {
      const tokenizer = tokenizerOf(name);
      fc.assert(
        fc.property(text, fc.array(step, { minLength: 1, maxLength: 4 }), (problem, steps) => {
          const { ids, steps: encoded } = encode(id, { problem, steps }, tokenizer);
          const found = ids.flatMap((token, index) => (token === marker ? [index] : []));
          expect(encoded.map(({ read }) => read)).toEqual(found);
          expect(found).toHaveLength(steps.length);
        }),
        { seed: 11, numRuns: 150 },
      );
    },
  );

  it("of RLHFlow are the answer slots: the blank line that ends an assistant's header", () => {
    const tokenizer = tokenizerOf("llama-3");
    fc.assert(
      fc.property(text, fc.array(step, { minLength: 1, maxLength: 4 }), (problem, steps) => {
        const { ids, steps: encoded } = encode("rlhflow-llama3.1-8b-prm", { problem, steps }, tokenizer);
        for (const { read } of encoded) {
          expect(ids.slice(read - 3, read + 3)).toEqual([128006, 78191, 128007, 271, 10, 128009]);
        }
        expect(encoded).toHaveLength(steps.length);
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});
