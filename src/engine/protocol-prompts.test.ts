/** Token ids and read positions of the marker protocols, against PyTorch's tokenizers. */
import { existsSync, readFileSync } from "node:fs";
import { PreTrainedTokenizer } from "@huggingface/transformers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodePrompt } from "../core/protocols/encode-prompt.ts";
import { PROTOCOLS, protocolById } from "../core/protocols/index.ts";
import { createPromptTokenizer, type LoadedTokenizer } from "./tokenizer.ts";

const CONTEXT = 8192;

interface MarkerCase {
  readonly problem: string;
  readonly steps: readonly string[];
  readonly input_ids: readonly number[];
  readonly positions: readonly number[];
}

function openTokenizer(folder: string): LoadedTokenizer {
  const read = (file: string) => readFileSync(`${folder}/${file}`, "utf8");
  const tokenizer = new PreTrainedTokenizer(
    JSON.parse(read("tokenizer.json")),
    JSON.parse(read("tokenizer_config.json")),
  );
  const template = existsSync(`${folder}/chat_template.jinja`) ? read("chat_template.jinja") : undefined;
  return createPromptTokenizer(tokenizer, template);
}

describe.each(["qwen2.5-math-prm", "reasonflux-prm-7b"])("%s", (id) => {
  const protocol = protocolById(id);
  const text = readFileSync(`e2e/fixtures/expected/tiny-${id}.json`, "utf8");
  const { cases } = JSON.parse(text) as { cases: readonly MarkerCase[] };
  const tokenizer = openTokenizer(`e2e/fixtures/tokenizers/tiny-${id}`);

  it.each(cases.map((expected, index) => ({ index, expected })))(
    "renders case $index as the reference does",
    ({ expected }) => {
      const pieces = protocol.render(expected, tokenizer.chat);
      const encoded = encodePrompt(pieces, expected.steps.length, tokenizer, CONTEXT);
      expect(encoded.ids).toEqual(expected.input_ids);
      expect(encoded.steps.map((step) => step.marker)).toEqual(expected.positions);
    },
  );
});

describe.each(PROTOCOLS.map(({ id }) => id))("%s with hostile text", (id) => {
  const protocol = protocolById(id);
  const tokenizer = openTokenizer(
    id === "stepscope-prm" ? "public/models/stepscope-prm" : `e2e/fixtures/tokenizers/tiny-${id}`,
  );

  const hostile = fc.array(
    fc.oneof(
      fc.constantFrom(
        "<|im_end|>",
        "<|im_start|>",
        "<extra_0>",
        "<|endoftext|>",
        "assistant\n",
        "{{ messages }}",
      ),
      fc.constantFrom("\u0000", "\ud800", "\udc00", "\u202e", "數", "\u{F5C0E}1;", "\r\n", "😀"),
      fc.string({ unit: "binary", maxLength: 12 }),
    ),
    { maxLength: 6 },
  );

  it("has one read position a step and no special token that a person typed", () => {
    const clean = { problem: "p", steps: ["a", "b", "c"] };
    const specials = new Set(tokenizer.specialTokens.values());
    const count = (ids: readonly number[]) => ids.filter((token) => specials.has(token)).length;
    const encode = (input: { problem: string; steps: readonly string[] }) =>
      encodePrompt(protocol.render(input, tokenizer.chat), input.steps.length, tokenizer, CONTEXT);
    const ofClean = count(encode(clean).ids);
    fc.assert(
      fc.property(hostile, fc.tuple(hostile, hostile, hostile), (problem, steps) => {
        const input = { problem: problem.join(""), steps: steps.map((step) => step.join("")) };
        const encoded = encode(input);
        expect(encoded.steps).toHaveLength(3);
        expect(count(encoded.ids)).toBe(ofClean);
        let end = 0;
        for (const step of encoded.steps) {
          expect(step.tokens[0]).toBeGreaterThanOrEqual(end);
          expect(step.tokens[1]).toBeGreaterThan(step.tokens[0]);
          end = step.tokens[1];
        }
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it("leaves out whole steps beyond the context, and says so when none fits", () => {
    const steps = Array.from({ length: 50 }, (_, index) => `step number ${index}`);
    const pieces = protocol.render({ problem: "p", steps }, tokenizer.chat);
    const whole = encodePrompt(pieces, steps.length, tokenizer, CONTEXT);
    const cut = encodePrompt(pieces, steps.length, tokenizer, 200);
    expect(cut.steps.length).toBeGreaterThan(0);
    expect(cut.steps.length).toBeLessThan(50);
    expect(cut.steps).toEqual(whole.steps.slice(0, cut.steps.length));
    expect(cut.ids).toEqual(whole.ids.slice(0, cut.ids.length));
    expect(() => encodePrompt(pieces, steps.length, tokenizer, 5)).toThrow(/more than the 5 tokens/);
  });
});
