/** Templates out of checkpoints: the published ones as transformers.js renders them, the hostile ones refused. */
import { readdirSync } from "node:fs";
import { PreTrainedTokenizer } from "@huggingface/transformers";
import { describe, expect, it } from "vitest";
import { readPublished, readTokenizer, type TokenizerFiles } from "../../e2e/fixtures/tokenizers.ts";
import type { ChatMessage } from "../core/protocols/protocol.ts";
import { createChatTemplate } from "./chat-template.ts";

const CHECKPOINTS = "e2e/fixtures/checkpoints";

const MESSAGES: readonly ChatMessage[] = [
  { role: "user", content: "What is 2 + 2?" },
  { role: "assistant", content: " It is 4.\n\nThe answer is 4. " },
];
const WITH_SYSTEM: readonly ChatMessage[] = [{ role: "system", content: "Be brief." }, ...MESSAGES];

function templateOf({ config, chatTemplate }: TokenizerFiles): string {
  const { chat_template: own } = config;
  const template = chatTemplate ?? own;
  return typeof template === "string" ? template : "";
}

const templates = [
  ...readdirSync(CHECKPOINTS).map((name) => [name, readTokenizer(`${CHECKPOINTS}/${name}`)] as const),
  ...(["qwen2.5", "llama-3"] as const).map((name) => [name, readPublished(name)] as const),
].filter(([, files]) => templateOf(files) !== "");

describe("a published template", () => {
  it.each(templates)("of %s renders as transformers.js renders it", (_, files) => {
    const tokenizer = new PreTrainedTokenizer(files.tokenizer, files.config);
    const template = templateOf(files);
    const render = createChatTemplate(template, files.config);
    for (const messages of [MESSAGES, WITH_SYSTEM]) {
      const options = { chat_template: template, tokenize: false, add_generation_prompt: false } as const;
      expect(render(messages)).toBe(tokenizer.apply_chat_template([...messages], options));
    }
  });

  it.each(templates)("of %s takes a conversation with a message for each of many steps", (_, files) => {
    const step = [MESSAGES[0], MESSAGES[1]].filter((message) => message !== undefined);
    const messages = Array.from({ length: 300 }, () => step).flat();
    expect(createChatTemplate(templateOf(files), files.config)(messages).length).toBeGreaterThan(10_000);
  });

  it("takes chains as long as any that is scored", () => {
    const [, files] = templates[0] ?? [];
    const render = createChatTemplate(files === undefined ? "" : templateOf(files), files?.config ?? {});
    const content = "A step of some length.\n\n".repeat(160_000);
    expect(render([{ role: "user", content }])).toContain(content.trim());
  });
});

describe("what a template may name", () => {
  const render = (template: string, config = {}) => createChatTemplate(template, config)(MESSAGES);

  it("are its special tokens, as texts or as tokens", () => {
    const config = {
      bos_token: "<s>",
      eos_token: { __type: "AddedToken", content: "</s>" },
      pad_token: null,
    };
    expect(render("{{ bos_token }}{{ eos_token }}{{ pad_token is defined }}", config)).toBe("<s></s>false");
  });

  it("are ranges as Python has them", () => {
    expect(render("{{ range(3) | join(',') }} {{ range(2, 9, 3) | join(',') }}")).toBe("0,1,2 2,5,8");
    expect(render("{{ range(3, 0, -1) | join(',') }} {{ range(3, 0) | join(',') }}.")).toBe("3,2,1 .");
  });

  it("is no clock", () => {
    expect(render("{{ strftime_now is defined }}")).toBe("false");
  });

  it("is a refusal of its own", () => {
    expect(() => render("{{ raise_exception('no system role') }}")).toThrow("no system role");
  });
});

describe("a template without an end", () => {
  const loop = (inner: string) => `{% for i in range(1000) %}${inner}{% endfor %}`;
  it.each([
    ["asks for more numbers than there are", "{% for i in range(1000000000) %}{% endfor %}", "1,000,000,000"],
    ["asks for an endless range", "{% for i in range(0, 9, 0) %}{% endfor %}", "numbers"],
    ["loops in loops", loop(loop(loop("x"))), "steps"],
    ["loops in loops with nothing in them", loop(loop(loop(""))), "steps"],
    [
      "loops over one list again and again",
      `{% set all = range(1000) %}${"{% for i in all %}".repeat(4)}${"{% endfor %}".repeat(4)}`,
      "steps",
    ],
    [
      "calls itself",
      "{% macro f(n) %}{{ f(n + 1) }}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}",
      // The library may take what is left of the stack for a missing variable.
      /Maximum call stack|is not a function/,
    ],
    [
      "calls itself, but not too deep",
      "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
      "steps",
    ],
    [
      "doubles a text",
      `{% set ns = namespace(s='x') %}${loop("{% set ns.s = ns.s ~ ns.s %}")}`,
      /steps|string length/,
    ],
    ["doubles a list", `{% set ns = namespace(s=[1]) %}${loop("{% set ns.s = ns.s + ns.s %}")}`, "steps"],
    ["writes and writes", loop(loop("some more text")).replaceAll("1000", "300"), "characters"],
  ])("is stopped when it %s", (_, template, message) => {
    expect(() => createChatTemplate(template, {})(MESSAGES)).toThrow(message);
  });
});
