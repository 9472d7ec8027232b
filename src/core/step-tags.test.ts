import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentTrace } from "./segment/index.ts";
import { tagSteps } from "./step-tags.ts";
import type { Step } from "./trace.ts";

const stepOf = (text: string, index = 0): Step => ({
  index,
  lane: "response",
  start: 0,
  end: text.length,
  text,
});

/** The tag of a step that others follow. */
const tagOf = (text: string, problem = "") => tagSteps(problem, [stepOf(text), stepOf("End.", 1)])[0];

const folder = new URL("../gallery/chains/", import.meta.url);
const chainOf = (file: string) => {
  const stored = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
    problem: string | readonly string[];
    chain: readonly string[];
  };
  const problem = [stored.problem].flat().join("\n");
  const { steps } = segmentTrace({ problem, chain: stored.chain.join("\n"), strategy: "blank-line" });
  return { problem, steps };
};
const tagsOf = (file: string) => {
  const { problem, steps } = chainOf(file);
  return tagSteps(problem, steps).join(" ");
};

describe("tagSteps", () => {
  it.each([
    ["The answer is 42.", "answer"],
    ["So we get \\boxed{42}.", "answer"],
    ["**Final Answer:** 42", "answer"],
    ["Wait, 3 * 4 is not 13.", "backtrack"],
    ["Hmm, hold on. That was too fast.", "backtrack"],
    ["Actually, that is wrong: 3 * 4 = 12.", "backtrack"],
    ["I made a mistake above.", "backtrack"],
    ["So the tickets cost $896, not $886.", "backtrack"],
    ["Let me double-check: 3 * 4 = 12.", "verify"],
    ["120 + 24 = 144. Yes.", "verify"],
    ["Plugging it back in, both sides agree, which makes sense.", "verify"],
    ["So 3 * 4 = 12.", "compute"],
    ["Simplifying gives x.", "compute"],
    ["First, I need to find the area.", "plan"],
    ["To solve this, we break it down.", "plan"],
    ["We are told that there are 7 boxes.", "setup"],
    ["Let x denote the number of boxes.", "setup"],
  ])("%s: %s", (text, tag) => {
    expect(tagOf(text)).toBe(tag);
  });

  it("takes what only repeats numbers of the problem for the set-up", () => {
    expect(tagOf("There are 7 boxes with 12 pens each.", "7 boxes hold 12 pens each. How many?")).toBe(
      "setup",
    );
    expect(tagOf("Therefore 84 pens.", "7 boxes hold 12 pens each. How many?")).toBe("compute");
  });

  it("reads the gallery as a person does", () => {
    expect(tagsOf("typing-recovered.json")).toBe("compute backtrack compute answer");
    expect(tagsOf("train-right.json")).toBe("compute compute compute answer");
    expect(tagsOf("fence-posts.json")).toBe("setup compute answer");
    expect(tagsOf("library-think.json")).toBe(
      "setup compute compute compute compute verify compute compute compute answer",
    );
    expect(tagsOf("trip-long.json")).toBe(
      "plan setup compute compute setup compute compute verify verify setup compute backtrack backtrack setup compute compute compute verify verify compute compute compute compute compute compute answer",
    );
  });

  it("ends every chain of the gallery with its answer", () => {
    for (const file of readdirSync(folder)) {
      expect(tagsOf(file), file).toMatch(/answer$/);
    }
  });

  it("gives one tag a step, whatever the text", () => {
    const piece = fc.constantFrom(
      "wait",
      "actually",
      "not 3",
      "3 = 4",
      "check",
      "let me",
      "so",
      "answer is",
      " ",
      ".",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(fc.array(piece, { maxLength: 20 }), { maxLength: 6 }), (texts) => {
        const steps = texts.map((pieces, index) => stepOf(pieces.join(" "), index));
        expect(tagSteps("3", steps)).toHaveLength(steps.length);
      }),
    );
    expect(tagSteps("", [stepOf("a ".repeat(500_000))])).toEqual(["answer"]);
  });
});
