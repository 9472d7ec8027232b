/** Token ids and read positions of the protocols, against PyTorch's tokenizers, and under hostile text. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openTokenizer, readTokenizer } from "../../e2e/fixtures/tokenizers.ts";
import { encodePrompt } from "../core/protocols/encode-prompt.ts";
import { PROTOCOLS, protocolById } from "../core/protocols/index.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import { checkProtocol } from "./check-protocol.ts";
import type { LoadedTokenizer } from "./tokenizer.ts";

const CONTEXT = 8192;

interface ExpectedCase {
  readonly problem: string;
  readonly steps: readonly string[];
  readonly input_ids: readonly number[];
  readonly positions?: readonly number[];
}

function openFixture(folder: string): LoadedTokenizer {
  return openTokenizer(readTokenizer(folder));
}

function encode(
  protocol: Protocol,
  tokenizer: LoadedTokenizer,
  input: Pick<ExpectedCase, "problem" | "steps">,
  context = CONTEXT,
) {
  return encodePrompt(protocol.render(input, tokenizer.context), input.steps.length, tokenizer, {
    context,
    readsPrefixes: protocol.readsPrefixes ?? false,
  });
}

describe.each([
  ["qwen2.5-math-prm", "tiny-qwen2.5-math-prm"],
  ["reasonflux-prm-7b", "tiny-reasonflux-prm-7b"],
  ["reasonflux-prm-1.5b", "tiny-reasonflux-prm-1.5b"],
  ["skywork-o1-open-prm", "tiny-skywork-prm"],
  ["math-shepherd", "tiny-math-shepherd"],
  ["rlhflow-llama3.1-8b-prm", "tiny-rlhflow-llama3"],
  ["trl-prm", "tiny-trl-prm"],
  ["reasoneval", "tiny-reasoneval"],
])("%s", (id, folder) => {
  const protocol = protocolById(id);
  const text = readFileSync(`e2e/fixtures/expected/${folder}.json`, "utf8");
  const { cases } = JSON.parse(text) as { cases: readonly ExpectedCase[] };
  const tokenizer = openFixture(`e2e/fixtures/checkpoints/${folder}`);

  it("is carried by its own tokenizer", () => {
    expect(() => checkProtocol(protocol, tokenizer)).not.toThrow();
  });

  it.each(cases.map((expected, index) => ({ index, expected })))(
    "renders case $index as the reference does",
    ({ expected }) => {
      const encoded = encode(protocol, tokenizer, expected);
      expect(encoded.ids).toEqual(expected.input_ids);
      if (expected.positions === undefined) {
        // A prefix model: the last step is read at the last token of the whole.
        expect(encoded.steps.at(-1)?.read).toBe(expected.input_ids.length - 1);
      } else {
        expect(encoded.steps.map((step) => step.read)).toEqual(expected.positions);
      }
    },
  );
});

/** A tokenizer that can carry the protocol: byte-level, so every text can be encoded and placed. */
function tokenizerFor(id: string): LoadedTokenizer {
  switch (id) {
    case "stepscope-prm":
      return openFixture("public/models/stepscope-prm");
    case "rlhflow-llama3.1-8b-prm":
      return openFixture("e2e/fixtures/checkpoints/tiny-rlhflow-llama3");
    case "math-shepherd":
      return openFixture("e2e/fixtures/checkpoints/tiny-math-shepherd");
    default:
      return openFixture("e2e/fixtures/checkpoints/tiny-qwen2.5-math-prm");
  }
}

describe.each(PROTOCOLS.map((protocol) => [protocol.id, protocol] as const))(
  "%s with hostile text",
  (id, protocol: Protocol) => {
    const tokenizer = tokenizerFor(id);

    const hostile = fc.array(
      fc.oneof(
        fc.constantFrom(
          "<|im_end|>",
          "<|im_start|>",
          "<extra_0>",
          "<s>",
          "<|eot_id|>",
          "ки",
          "и",
          "assistant\n",
        ),
        fc.constantFrom("{{ messages }}", "\n\n", " \n\n\n\n", "Step 1: ", "+", "\r\n"),
        fc.constantFrom("\u0000", "\ud800", "\udc00", "\u202e", "數", "\u{F5C0E}1;", "😀"),
        fc.string({ unit: "binary", maxLength: 12 }),
      ),
      { maxLength: 6 },
    );
    /** A step as segmentation makes them: not empty, trimmed. */
    const step = hostile.map((parts) => `x${parts.join("")}.`);

    it("has one read position a step, in order, and no special token that a person typed", () => {
      const specials = new Set(tokenizer.specialTokens.values());
      const count = (ids: readonly number[]) => ids.filter((token) => specials.has(token)).length;
      const ofClean = count(encode(protocol, tokenizer, { problem: "p", steps: ["a", "b", "c"] }).ids);
      fc.assert(
        fc.property(hostile, fc.tuple(step, step, step), (problem, steps) => {
          const encoded = encode(protocol, tokenizer, { problem: problem.join(""), steps });
          expect(encoded.steps).toHaveLength(3);
          expect(count(encoded.ids)).toBe(ofClean);
          let read = -1;
          for (const { tokens, read: next } of encoded.steps) {
            expect(next).toBeGreaterThan(read);
            expect(tokens[1]).toBeGreaterThan(tokens[0]);
            read = next;
          }
        }),
        { seed: 7, numRuns: 60 },
      );
    });

    it("leaves out whole steps beyond the context, and says so when none fits", () => {
      const input = { problem: "p", steps: Array.from({ length: 50 }, (_, index) => `step number ${index}`) };
      const whole = encode(protocol, tokenizer, input);
      const cut = encode(protocol, tokenizer, input, 200);
      expect(cut.steps.length).toBeGreaterThan(0);
      expect(cut.steps.length).toBeLessThan(50);
      expect(cut.steps.map(({ read }) => read)).toEqual(
        whole.steps.slice(0, cut.steps.length).map(({ read }) => read),
      );
      expect(cut.ids).toEqual(whole.ids.slice(0, cut.ids.length));
      expect(() => encode(protocol, tokenizer, input, 4)).toThrow(/more than the 4 tokens/);
    });
  },
);
