import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitLanes } from "./lanes.ts";

/** The split in words: `[lane, trimmed text]` rows, then the detection and the pair. */
function seen(chain: string) {
  const { ranges, detection, tags } = splitLanes(chain);
  const rows = ranges.map(({ lane, start, end }) => [lane, chain.slice(start, end).trim()]);
  return { rows, detection, tags };
}

const THINKING = (text: string) => ["thinking", text];
const RESPONSE = (text: string) => ["response", text];

describe("splitLanes", () => {
  it.each([
    ["plain tags", "<think>a</think>b", [THINKING("a"), RESPONSE("b")], "tags", "think"],
    ["thinking tags", "<thinking>a</thinking>b", [THINKING("a"), RESPONSE("b")], "tags", "thinking"],
    ["any case", "<THINK>a</Think>b", [THINKING("a"), RESPONSE("b")], "tags", "think"],
    [
      "a missing opening tag",
      "a\n\nb</think>c",
      [THINKING("a\n\nb"), RESPONSE("c")],
      "missing-open",
      "think",
    ],
    ["only a closing tag", "</think>c", [RESPONSE("c")], "missing-open", "think"],
    ["an unclosed tag", "x<think>a\n\nb", [RESPONSE("x"), THINKING("a\n\nb")], "unclosed", "think"],
    ["an empty block", "<think>\n\n</think>\n\nb", [RESPONSE("b")], "tags", "think"],
    ["nothing but tags", "<think></think>", [], "tags", "think"],
    ["no tags", " a <b> c ", [RESPONSE("a <b> c")], "none", undefined],
    ["no text", "", [], "none", undefined],
    ["only white space", " \r\n\t\u3000", [], "none", undefined],
    ["a doubled opening tag", "<think>\n<think>a</think>b", [THINKING("a"), RESPONSE("b")], "tags", "think"],
    ["mixed closing tag", "<thinking>a</think>b", [THINKING("a"), RESPONSE("b")], "tags", "thinking"],
    [
      "a tag in backticks",
      "<think>a `</think>` b</think>c",
      [THINKING("a `</think>` b"), RESPONSE("c")],
      "tags",
      "think",
    ],
    [
      "a second closing tag",
      "<think>a</think>b</think>c",
      [THINKING("a"), THINKING("b"), RESPONSE("c")],
      "missing-open",
      "think",
    ],
    ["a doubled closing tag", "<think>a</think>\n</think>c", [THINKING("a"), RESPONSE("c")], "tags", "think"],
    [
      "several blocks",
      "p<think>a</think>b<think>c</think>d",
      [RESPONSE("p"), THINKING("a"), RESPONSE("b"), THINKING("c"), RESPONSE("d")],
      "tags",
      "think",
    ],
  ])("reads %s", (_, chain, rows, detection, tags) => {
    expect(seen(chain)).toEqual({ rows, detection, tags });
  });

  it.each([
    ["both", "<|begin_of_thought|>a<|end_of_thought|>\n\n<|begin_of_solution|>b<|end_of_solution|>", "tags"],
    ["no end of solution", "<|begin_of_thought|>a<|end_of_thought|><|begin_of_solution|>b", "tags"],
    ["no end of thought", "<|begin_of_thought|>a<|begin_of_solution|>b<|end_of_solution|>", "tags"],
    ["no begin of thought", "a<|end_of_thought|><|begin_of_solution|>b<|end_of_solution|>", "missing-open"],
    ["no thought marks", "a<|begin_of_solution|>b<|end_of_solution|>", "missing-open"],
  ])("reads OpenThoughts marks: %s", (_, chain, detection) => {
    const rows = [THINKING("a"), RESPONSE("b")];
    expect(seen(chain)).toEqual({ rows, detection, tags: "thought-solution" });
  });

  it.each([
    ["reasoning tags", "<reasoning>a</reasoning>b", "tags", "reasoning"],
    ["reasoning that was opened by the prompt", "a</reasoning>b", "missing-open", "reasoning"],
    ["Kimi's tags", "◁think▷a◁/think▷b", "tags", "kimi"],
    ["Kimi's closing tag alone", "a◁/think▷b", "missing-open", "kimi"],
    ["s1's marks", "<|im_start|>think\na\n<|im_start|>answer\nb<|im_end|>", "tags", "s1"],
    ["s1's marks without an end", "<|im_start|>think\na\n<|im_start|>answer\nb", "tags", "s1"],
    ["s1's answer alone, as its prompt opens the thinking", "a\n<|im_start|>answer\nb", "missing-open", "s1"],
    ["thought tags", "<thought>a</thought>b", "tags", "thought"],
    ["Seed-OSS's tags", "<seed:think>a</seed:think>b", "tags", "seed"],
    ["Seed-OSS's closing tag alone", "a</seed:think>b", "missing-open", "seed"],
    ["Magistral's tokens", "[THINK]a[/THINK]b", "tags", "magistral"],
    ["Magistral's closing token alone", "a[/THINK]b", "missing-open", "magistral"],
    ["an answer in its tags", "<reasoning>\na\n</reasoning>\n<answer>\nb\n</answer>\n", "tags", "reasoning"],
    ["an answer of R1-Zero", "a </think> <answer> b </answer>", "missing-open", "think"],
    ["an answer that is not closed", "<think>a</think><answer>b", "tags", "think"],
    [
      "the channels of gpt-oss",
      "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b<|return|>",
      "tags",
      "harmony",
    ],
    [
      "the channels of gpt-oss with their first start",
      "<|start|>assistant<|channel|>analysis<|message|>a<|end|>\n<|start|>assistant<|channel|>final<|message|>b<|end|>",
      "tags",
      "harmony",
    ],
    [
      "the channels of gpt-oss without an end",
      "<|channel|>analysis<|message|>a<|start|>assistant<|channel|>final<|message|>b",
      "tags",
      "harmony",
    ],
    [
      "gpt-oss's final channel alone, as its prompt opens the analysis",
      "a<|start|>assistant<|channel|>final<|message|>b",
      "missing-open",
      "harmony",
    ],
  ])("reads %s", (_, chain, detection, tags) => {
    expect(seen(chain)).toEqual({ rows: [THINKING("a"), RESPONSE("b")], detection, tags });
  });

  it("takes the marks of another family for text", () => {
    const chain = "<think>a <reasoning> b</think>c <|im_end|> ◁/think▷";
    expect(seen(chain).rows).toEqual([THINKING("a <reasoning> b"), RESPONSE("c <|im_end|> ◁/think▷")]);
    expect(seen("a<|im_end|>")).toMatchObject({ rows: [RESPONSE("a<|im_end|>")], detection: "none" });
    expect(seen("<|im_start|>thinker a").detection).toBe("none");
    expect(seen("a<|end|>b<|return|>")).toMatchObject({ rows: [RESPONSE("a<|end|>b<|return|>")] });
    expect(seen("[think] a [/think] b").detection).toBe("none");
  });

  it("takes an answer's tags for tags only where an answer follows the thinking", () => {
    for (const chain of [
      "a <answer>4</answer>",
      "<kimi>a</kimi><answer>4</answer>",
      "Write <answer> here.",
    ]) {
      expect(seen(chain)).toMatchObject({ rows: [RESPONSE(chain)], detection: "none" });
    }
    const inThought = "a <answer>4</answer> b";
    expect(seen(`<think>${inThought}</think>c`).rows).toEqual([THINKING(inThought), RESPONSE("c")]);
    const late = "So <answer>4</answer>, he said.";
    expect(seen(`<think>a</think>${late}`).rows).toEqual([THINKING("a"), RESPONSE(late)]);
    expect(seen("◁think▷a◁/think▷<answer>4</answer>").rows).toEqual([
      THINKING("a"),
      RESPONSE("<answer>4</answer>"),
    ]);
    const quoted = "<answer>the tag `</answer>` ends it</answer>";
    expect(seen(`<think>a</think>${quoted}`).rows[1]).toEqual(RESPONSE("the tag `</answer>` ends it"));
  });

  it("reads every message of gpt-oss, what it says of its tool calls too", () => {
    const chain =
      "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>commentary<|message|>b<|end|>" +
      "<|start|>assistant<|channel|>analysis<|message|>c<|end|><|start|>assistant<|channel|>final<|message|>d";
    expect(seen(chain).rows).toEqual([THINKING("a"), RESPONSE("b"), THINKING("c"), RESPONSE("d")]);
    expect(seen("<|channel|>analysis<|message|>a")).toMatchObject({
      rows: [THINKING("a")],
      detection: "unclosed",
    });
    expect(seen("<|channel|>final<|message|>d")).toMatchObject({ rows: [RESPONSE("d")], detection: "tags" });
  });

  it("reads a solution without any thought as response", () => {
    expect(seen("<|begin_of_solution|>b<|end_of_solution|>").rows).toEqual([RESPONSE("b")]);
    expect(seen("<|begin_of_solution|>b<|end_of_solution|>").detection).toBe("tags");
  });

  it.each([
    ["the whole dump, no answer", "```\n<think>a</think>\n```", [THINKING("a")]],
    ["the whole dump", "```text\n<think>a</think>\nb\n```\n", [THINKING("a"), RESPONSE("b")]],
    ["on the tag's line", "```<think>a</think>```", [THINKING("a")]],
    ["the thinking alone", "```\n<think>a</think>\n```\nb", [THINKING("a"), RESPONSE("b")]],
    [
      "with code in the answer",
      "````\n<think>a</think>\n```py\nb\n```\n````",
      [THINKING("a"), RESPONSE("```py\nb\n```")],
    ],
    ["never closed", "```\n<think>a</think>\nb", [THINKING("a"), RESPONSE("b")]],
  ])("leaves out a fence around %s", (_, chain, rows) => {
    expect(seen(chain)).toMatchObject({ rows, detection: "tags" });
  });

  it("keeps a fence that is part of the answer", () => {
    const answer = "Code:\n```\nx\n```";
    expect(seen(`<think>a</think>\n${answer}`).rows).toEqual([THINKING("a"), RESPONSE(answer)]);
  });

  const LETTERS = ["a", " ", "\n", "\u0000", "\ud800", "א"];

  it.each([
    ["<think>", "</think>", "<THINKING>", "</thinking>"],
    ["[THINK]", "[/THINK]"],
    ["<thought>", "</thought>"],
    ["<seed:think>", "</Seed:Think>"],
    ["<reasoning>", "</reasoning>"],
  ])("covers all but %s tags and white space, in order", (...tags) => {
    const part = fc.constantFrom(...tags, ...LETTERS);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const chain = parts.join("");
        let at = 0;
        let gaps = "";
        for (const { start, end } of splitLanes(chain).ranges) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(chain.slice(start, end)).not.toMatch(/[<[]|^\s*$/);
          gaps += chain.slice(at, start);
          at = end;
        }
        gaps += chain.slice(at);
        const isTag = (text: string) => tags.some((tag) => tag.toLowerCase() === text.toLowerCase());
        expect(gaps.replaceAll(/[<[][^>\]]*[>\]]/g, (text) => (isTag(text) ? "" : text)).trim()).toBe("");
      }),
    );
  });

  it("puts every letter outside of tags in one lane, whatever tags are mixed", () => {
    const tags = [
      "<reasoning>",
      "</reasoning>",
      "<answer>",
      "</answer>",
      "<|channel|>analysis<|message|>",
      "<|start|>assistant<|channel|>final<|message|>",
      "<|end|>",
      "[THINK]",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tags, "é", " "), { maxLength: 30 }), (parts) => {
        const chain = parts.join("");
        const { ranges } = splitLanes(chain);
        const inside = ranges.map(({ start, end }) => chain.slice(start, end)).join("");
        expect(inside.match(/é/g)?.length ?? 0).toBe(chain.match(/é/g)?.length ?? 0);
        expect(ranges.every(({ start }, index) => start >= (ranges[index - 1]?.end ?? 0))).toBe(true);
      }),
    );
  });

  it.each([
    ["opening tags", "<think>".repeat(150_000)],
    ["closing tags", "</think>a".repeat(110_000)],
    ["angle brackets", "<".repeat(1_000_000)],
    ["answers", `<think>a</think>b${"<answer>".repeat(120_000)}`],
    ["messages that never begin", "<|start|>assistant<|channel|>".repeat(40_000)],
    ["brackets", "[THINK".repeat(150_000)],
    ["backticks", `${"`".repeat(1_000_000)}<think>a</think>`],
    ["white space", `\`\`\`${" ".repeat(500_000)}x\n<think>a</think>${" \n".repeat(300_000)}x`],
  ])("gets through a megabyte of %s", (_, chain) => {
    // A quadratic scan would take minutes and run into the test's time limit.
    const { ranges } = splitLanes(chain);
    let end = 0;
    for (const range of ranges) {
      expect(range.start).toBeGreaterThanOrEqual(end);
      end = range.end;
    }
    expect(end).toBeLessThanOrEqual(chain.length);
  });
});
