import { describe, expect, it } from "vitest";
import { joinSteps } from "../core/chain-record.ts";
import { readText } from "./read-text.ts";

/** The first chain of a text, as the fields would hold it. */
function parseIntake(text: string) {
  const { problem = "", chain = "" } = readText(text, "Pasted text").records[0] ?? {};
  return {
    problem: problem === "" ? undefined : problem,
    chain: typeof chain === "string" ? chain : joinSteps(chain, "\n\n"),
    ...(typeof chain === "string" ? {} : { given: chain }),
  };
}

describe("readText", () => {
  it("takes plain text as the chain, unchanged", () => {
    expect(parseIntake("  <think>\nhm\n")).toEqual({ problem: undefined, chain: "  <think>\nhm\n" });
  });

  it("reads a problem and a chain, or steps, under their usual names", () => {
    expect(parseIntake('{"problem":"p","chain":"a\\n\\nb"}')).toEqual({ problem: "p", chain: "a\n\nb" });
    expect(parseIntake('{"question":"p","steps":["a","b"]}')).toEqual({
      problem: "p",
      chain: "a\n\nb",
      given: { thinking: [], response: ["a", "b"] },
    });
    expect(parseIntake('{"prompt":"p","steps":[{"text":"a"},{"text":"b"}]}').chain).toBe("a\n\nb");
  });

  it("puts separate thinking in front of the response", () => {
    const { chain } = parseIntake('{"problem":"p","response":"4","reasoning_content":"2 + 2"}');
    expect(chain).toBe("<think>\n2 + 2\n</think>\n\n4");
  });

  it("reads chat messages: the last answer and the question before it", () => {
    const messages = [
      { role: "user", content: "old" },
      { role: "assistant", content: "old answer" },
      { role: "user", content: [{ type: "text", text: "new" }] },
      { role: "assistant", content: "new answer" },
    ];
    const expected = { problem: "new", chain: "new answer" };
    expect(parseIntake(JSON.stringify(messages))).toEqual(expected);
    expect(parseIntake(JSON.stringify({ messages }))).toEqual(expected);
  });

  it("reads an answer of OpenAI's API: thinking, then response", () => {
    const answer = (message: object) => JSON.stringify({ id: "x", choices: [{ index: 0, message }] });
    const expected = { problem: undefined, chain: "<think>\n2 + 2\n</think>\n\n4" };
    expect(parseIntake(answer({ role: "assistant", content: "4", reasoning_content: "2 + 2" }))).toEqual(
      expected,
    );
    expect(parseIntake(answer({ role: "assistant", content: "4", reasoning: "2 + 2" }))).toEqual(expected);
    expect(parseIntake(answer({ role: "assistant", content: "4" })).chain).toBe("4");
    // Cut short before it answered.
    expect(parseIntake(answer({ content: null, reasoning_content: "2 +" })).chain).toBe(
      "<think>\n2 +\n</think>\n\n",
    );
  });

  it("does not take a completion for a step", () => {
    expect(parseIntake('{"prompt":"p","completions":["a\\n\\nb"]}')).toEqual({
      problem: "p",
      chain: "a\n\nb",
    });
  });

  it("reads the first row of a list or of JSONL", () => {
    const row = '{"problem":"p","chain":"c"}';
    expect(parseIntake(`[${row},{"problem":"q","chain":"d"}]`).problem).toBe("p");
    expect(parseIntake(`${row}\n{"problem":"q","chain":"d"}\n`).problem).toBe("p");
  });

  it.each([
    '{"a":1}',
    "[1, 2]",
    "{not json",
    "[]",
    '{"steps":[1,2]}',
    '{"choices":[{"message":{"content":null}}]}',
    "[1] first, note that",
  ])("falls back to the raw text: %s", (text) => {
    expect(parseIntake(text)).toEqual({ problem: undefined, chain: text });
  });
});
