/** The text of the prompts, where typed text has to be cleaned; token ids are the engine's tests. */
import { describe, expect, it } from "vitest";
import { protocolById } from "./index.ts";
import type { PromptContext } from "./protocol.ts";

/** A template that trims, as Llama 3.1's does, and marks who speaks. */
const CONTEXT: PromptContext = {
  autoPrefix: "",
  bos: "<s>",
  chat: (messages) => messages.map(({ role, content }) => `[${role}]${content.trim()}`).join(""),
};

/** Pieces apart by `|`. */
function promptOf(id: string, problem: string, steps: readonly string[]): string {
  return protocolById(id)
    .render({ problem, steps }, CONTEXT)
    .map((piece) => piece.map(({ text }) => text).join(""))
    .join("|");
}

describe("typed markers are taken out", () => {
  it.each([
    [
      "qwen2.5-math-prm",
      "p<extra_0>q",
      ["a<extra_0>b"],
      "[system]Please reason step by step, and put your final answer within \\boxed{}.[user]pq[assistant]ab<extra_0>",
    ],
    ["reasonflux-prm-7b", "p<extra_0>q", ["a<extra_0>b"], "[user]pq[assistant]ab<extra_0>"],
    ["math-shepherd", "p ки", ["a ки", "b"], "p  Step 1: a ки\nStep 2: b ки"],
    ["math-minos", "pи", ["aи"], "Human: p\n\nAssistant:Step 1: a и\n"],
    ["math-psa", "p\nq", ["a \n\n\n\n\n b"], "pq Step 1: a  b \n\n\n\n\n "],
    ["versaprm", " p \n\n\n\nq ", ["\na \n\n\n\nb\n"], "pq \n\nab \n\n\n\n"],
    ["llemma-prm", "p\n\nq", ["a\n\nb\n\n\nc"], "# Question\n\np\n\nq\n\n# Solution\n\nab\nc\n\n"],
  ] as const)("%s", (id, problem, steps, prompt) => {
    expect(promptOf(id, problem, steps)).toBe(prompt);
  });
});

describe("a step that numbers itself", () => {
  it.each([
    ["math-shepherd", "Step 7: a", "Step 7: a"],
    ["math-shepherd", " step 7 is a", "step 7 is a"],
    ["math-shepherd", "Step1: a", "Step1: a"],
    ["math-shepherd", "Stephanie has a", "Step 1: Stephanie has a"],
    ["math-shepherd", "1. a", "Step 1: 1. a"],
    ["math-psa", "Step 7: a", "Step 1: a"],
    ["math-psa", "7. a", "Step 1: 7. a"],
    ["math-minos", "Step 7. a", "Step 1: a"],
    ["math-minos", "3.5 + 2 = 5.5", "Step 1: 3.5 + 2 = 5.5"],
    ["versaprm", "Step 7: a", "Step 7: a"],
    ["reasoneval", "7. a", "7. a"],
  ])("%s makes %j into %j", (id, text, written) => {
    const parts = protocolById(id)
      .render({ problem: "p", steps: [text] }, CONTEXT)
      .flat();
    expect(parts.filter(({ origin }) => origin === "step").map((part) => part.text)).toEqual([written]);
  });
});

describe("line breaks inside a step", () => {
  it.each([
    ["skywork-o1-open-prm", "<s>p\n|a b  c|\n|d|\n"],
    // Their read positions are known without looking for a newline: the text stays as it is.
    ["pure-prm", "p|a\nb\r\n c|\n|d|\n"],
    ["trl-prm", "<s>p|a\nb\r\n c|\n|d|\n"],
    ["trl-prm-blank-line", "<s>p|a\nb\r\n c|\n\n|d|\n\n"],
    ["reasoneval", "<s>Question:\np\nAnswer:\nLet's think step by step.\n|a\nb\r\n c|d"],
  ])("%s", (id, prompt) => {
    expect(promptOf(id, "p", ["a\nb\r\n c", "d"])).toBe(prompt);
  });
});

it("RLHFlow's first turn is problem, space and step, trimmed as its template trims", () => {
  expect(promptOf("rlhflow-llama3.1-8b-prm", " \np ", [" a ", "b"])).toBe(
    "[user]p  a[assistant]+[user]b[assistant]+",
  );
});

it("ReasonFlux-1.5B's problem and completion are put together as they are", () => {
  expect(promptOf("reasonflux-prm-1.5b", "p ", ["a", "b"])).toBe("p a\n\nb");
});
