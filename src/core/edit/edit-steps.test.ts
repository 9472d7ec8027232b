import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentTrace } from "../segment/index.ts";
import { canEdit, editSteps, type StepEdit } from "./edit-steps.ts";

const word = fc.constantFrom("two", "2 + 2 = 4", "wait,\nno", "so x", "a.  b");
const chains = fc
  .record({
    thinking: fc.array(word, { maxLength: 4 }),
    response: fc.array(word, { minLength: 1, maxLength: 4 }),
    separator: fc.constantFrom("\n\n", "\n\n\n", "\n \n"),
  })
  .map(({ thinking, response, separator }) => {
    const answer = response.join(separator);
    return thinking.length === 0 ? answer : `<think>\n${thinking.join(separator)}\n</think>\n\n${answer}`;
  });

function cut(chain: string, own?: readonly { start: number; end: number }[]) {
  return segmentTrace({ problem: "", chain, strategy: "blank-line", ...(own === undefined ? {} : { own }) });
}

function edit(chain: string, change: StepEdit) {
  const before = cut(chain);
  const edited = editSteps(before, change);
  const after = edited && cut(edited.chain, edited.own);
  const texts = ({ steps }: typeof before) => steps.map(({ lane, text }) => `${lane}: ${text}`);
  return {
    edited,
    before: texts(before),
    after: after && texts(after),
    lanes: before.steps.map((s) => s.lane),
  };
}

const cases = fc.tuple(chains, fc.nat(7)).map(([chain, pick]) => {
  const count = cut(chain).steps.length;
  return { chain, index: pick % count };
});

describe("an edit of steps changes these steps and no other", () => {
  it("replace", () => {
    fc.assert(
      fc.property(cases, word, ({ chain, index }, text) => {
        const { before, after, lanes } = edit(chain, { kind: "replace", index, texts: [text] });
        const wanted = before.with(index, `${lanes[index]}: ${text}`);
        expect(after ?? before).toEqual(wanted);
      }),
    );
  });

  it("delete", () => {
    fc.assert(
      fc.property(cases, ({ chain, index }) => {
        const { before, after } = edit(chain, { kind: "delete", index });
        expect(after).toEqual(before.toSpliced(index, 1));
      }),
    );
  });

  it("insert", () => {
    fc.assert(
      fc.property(cases, word, ({ chain, index }, text) => {
        const { before, after, lanes, edited } = edit(chain, { kind: "insert", index, text });
        expect(after).toEqual(before.toSpliced(index + 1, 0, `${lanes[index]}: ${text}`));
        expect(edited?.shown).toBe(index + 1);
      }),
    );
  });

  it("move, and never out of a lane", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(1 as const, -1 as const), ({ chain, index }, by) => {
        const { before, after, lanes } = edit(chain, { kind: "move", index, by });
        const other = index + by;
        if (lanes[other] !== lanes[index]) {
          expect(after).toBeUndefined();
        } else {
          const [a, b] = [before[index] ?? "", before[other] ?? ""];
          expect(after).toEqual(before.with(index, b).with(other, a));
        }
      }),
    );
  });

  it("split, then merge: the steps of before, and the same text", () => {
    fc.assert(
      fc.property(cases, fc.nat(12), ({ chain, index }, at) => {
        const { steps } = cut(chain);
        const split = editSteps({ chain, steps }, { kind: "split", index, at });
        if (split === undefined) {
          const text = steps[index]?.text ?? "";
          expect(text.slice(0, at).trim() === "" || text.slice(at).trim() === "").toBe(true);
          return;
        }
        const halved = cut(split.chain, split.own);
        expect(halved.steps).toHaveLength(steps.length + 1);
        expect(split.chain).toBe(chain);
        const merged = editSteps(halved, { kind: "merge", index });
        expect(merged && cut(merged.chain, merged.own).steps).toEqual(steps);
      }),
    );
  });
});

it("puts several steps in the place of one", () => {
  const { after } = edit("one\n\ntwo", { kind: "replace", index: 0, texts: ["a", " ", "b "] });
  expect(after).toEqual(["response: a", "response: b", "response: two"]);
});

it("deletes a step whose text is edited away", () => {
  expect(edit("one\n\ntwo", { kind: "replace", index: 0, texts: ["  \n"] }).after).toEqual(["response: two"]);
});

it("does not merge thinking with the response", () => {
  const { after } = edit("<think>\na\n</think>\n\nb", { kind: "merge", index: 0 });
  expect(after).toBeUndefined();
});

it.each([
  ["two blocks of thinking", "<think>a</think>\n<think>b</think>"],
  ["two parts of a response", "a\n<think></think>\nb"],
  ["two answers", "<|im_start|>think\nt<|im_start|>answer\na<|im_end|>\nb", 1],
])("does not merge %s", (_, chain, index = 0) => {
  const { steps } = cut(chain);
  expect(steps[index]?.lane).toBe(steps[index + 1]?.lane);
  expect(editSteps({ chain, steps }, { kind: "merge", index })).toBeUndefined();
  expect(canEdit({ chain, steps }, { kind: "merge", index })).toBe(false);
  expect(canEdit({ chain, steps }, { kind: "move", index, by: 1 })).toBe(true);
});

it("merges steps with the delimiter between them", () => {
  const chain = "a|b";
  const { steps } = segmentTrace({ problem: "", chain, strategy: "delimiter", delimiter: "|" });
  expect(editSteps({ chain, steps }, { kind: "merge", index: 0 })?.own).toEqual([{ start: 0, end: 3 }]);
});

it("keeps tags that are written into a step as text of the chain", () => {
  const { after } = edit("one\n\ntwo", { kind: "replace", index: 0, texts: ["<think>hm</think> so"] });
  expect(after).toEqual(["thinking: hm", "response: so", "response: two"]);
});
