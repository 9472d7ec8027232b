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
  ])("reads %s", (_, chain, detection, tags) => {
    expect(seen(chain)).toEqual({ rows: [THINKING("a"), RESPONSE("b")], detection, tags });
  });

  it("takes the marks of another family for text", () => {
    const chain = "<think>a <reasoning> b</think>c <|im_end|> ◁/think▷";
    expect(seen(chain).rows).toEqual([THINKING("a <reasoning> b"), RESPONSE("c <|im_end|> ◁/think▷")]);
    expect(seen("a<|im_end|>")).toMatchObject({ rows: [RESPONSE("a<|im_end|>")], detection: "none" });
    expect(seen("<|im_start|>thinker a").detection).toBe("none");
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

  it("covers all but tags and white space, in order", () => {
    const part = fc.constantFrom(
      "<think>",
      "</think>",
      "<THINKING>",
      "</thinking>",
      "a",
      " ",
      "\n",
      "\u0000",
      "\ud800",
      "א",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const chain = parts.join("");
        let at = 0;
        let gaps = "";
        for (const { start, end } of splitLanes(chain).ranges) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(chain.slice(start, end)).not.toMatch(/<|^\s*$/);
          gaps += chain.slice(at, start);
          at = end;
        }
        gaps += chain.slice(at);
        expect(gaps.replaceAll(/<\/?think(?:ing)?>|\s/gi, "")).toBe("");
      }),
    );
  });

  it.each([
    ["opening tags", "<think>".repeat(150_000)],
    ["closing tags", "</think>a".repeat(110_000)],
    ["angle brackets", "<".repeat(1_000_000)],
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
