import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STRATEGIES, segmentTrace } from "./index.ts";
import type { Range, SegmentationStrategy } from "./strategy.ts";

const OPTIONS = { delimiter: "ки" };

/** Checks the contract of `pieces` and returns their texts. */
function checkLaws(strategy: SegmentationStrategy, text: string, pieces: readonly Range[]): string[] {
  let at = 0;
  let gaps = "";
  const texts: string[] = [];
  for (const { start, end } of pieces) {
    const piece = text.slice(start, end);
    if (start < at || end > text.length || piece === "" || piece !== piece.trim()) {
      expect.fail(`${strategy.id}: unlawful piece [${start}, ${end}) after ${at}: ${JSON.stringify(piece)}`);
    }
    gaps += text.slice(at, start);
    texts.push(piece);
    at = end;
  }
  gaps += text.slice(at);
  if (strategy.id === "delimiter") {
    gaps = gaps.replaceAll(OPTIONS.delimiter, "");
  }
  expect(gaps.trim()).toBe("");
  return texts;
}

function cutLawfully(strategy: SegmentationStrategy, text: string): string[] {
  return checkLaws(strategy, text, strategy.pieces(text, OPTIONS));
}

const FRAGMENTS = [
  "a",
  "B",
  "7",
  ".",
  "!",
  "?",
  "…",
  "。",
  "$",
  "$$",
  "\\",
  "```",
  "```py",
  "~~~~",
  "#",
  "# H",
  "**Case:**",
  "Step 1:",
  "Step 2.",
  "**Step 3**",
  "ки",
  "к",
  " ",
  "\t",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "\u00a0",
  "\u2028",
  "\u0000",
  "\ud83d",
  "\ude00",
  "😀",
  "שלום",
  "数学",
  "- ",
  "e.g.",
  "Dr.",
  "3.14",
] as const;

const HUGE = {
  "a megabyte of prose": "Let x = 3.14. Then y follows.\n\n".repeat(33_000),
  "one line of 100 kB": "word ".repeat(20_000),
  "a megabyte of line feeds": "\n".repeat(1_000_000),
  "a megabyte of spaces": " ".repeat(1_000_000),
  "blank lines of spaces": `a${`${" ".repeat(999)}\n`.repeat(1000)}b`,
  "CRLF only": "\r\n".repeat(500_000),
  "unclosed fences": "```py\n".repeat(160_000),
  "ever shorter fences": Array.from({ length: 1000 }, (_, index) => "`".repeat(1003 - index)).join("\n"),
  "tildes and a line separator": `${"~".repeat(500_000)}\u2028~\n\nb`,
  backticks: "`".repeat(1_000_000),
  dollars: "$5 ".repeat(330_000),
  "double dollars": "$$\n\n".repeat(250_000),
  hashes: "#".repeat(1_000_000),
  headings: "# a\n\n".repeat(200_000),
  asterisks: "**".repeat(500_000),
  periods: ".".repeat(1_000_000),
  "spaced periods": ". ".repeat(500_000),
  "a period and spaces": `a.${" ".repeat(1_000_000)}`,
  "periods and brackets": `${". ((((".repeat(160_000)}a`,
  "capital initials": "A. ".repeat(330_000),
  CJK: "数学。".repeat(330_000),
  "step markers": "Step 1:\n".repeat(120_000),
  "indented markers": `${" ".repeat(500_000)}Step 1${" ".repeat(500_000)}:`,
} as const;

describe.each(STRATEGIES.map((strategy) => [strategy.id, strategy] as const))("%s", (_, strategy) => {
  it("yields exact, trimmed, increasing pieces whose gaps hold nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }), (parts) => {
        cutLawfully(strategy, parts.join(""));
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void cutLawfully(strategy, text)));
  });

  it.each(["", " ", " \n\t\r\n\n ", "\ufeff\u00a0\u3000"])("makes no step of %j", (text) => {
    expect(cutLawfully(strategy, text)).toEqual([]);
  });

  it.each(["\u0000", "\ud800", "\udc00a", "a", "שלום", "数学", "😀", "$", "```", "$$", "# H"])(
    "makes one step of %j",
    (text) => {
      expect(cutLawfully(strategy, `  ${text}\r\n`)).toEqual([text]);
    },
  );

  it.each(Object.entries(HUGE))("gets through %s", (_name, text) => {
    // A quadratic walk over a megabyte would take minutes and run into the test's time limit.
    const pieces = strategy.pieces(text, OPTIONS);
    checkLaws(strategy, text, pieces);
    const { steps } = segmentTrace({ problem: "p", chain: text, strategy: strategy.id, ...OPTIONS });
    expect(steps).toHaveLength(pieces.length);
  });
});

it.each([
  ["blank-line", "\n \n"],
  ["blank-line", "\r\n\r\n"],
  ["paper", "\n\n"],
  ["line", "\r\n"],
  ["sentence", " "],
  ["step-marker", "\n"],
  ["delimiter", "ки"],
] as const)("%s finds 2,000 steps", (strategy, separator) => {
  const steps = Array.from({ length: 2000 }, (_, index) => `Step ${index + 1}: so it is ${index}.5 long.`);
  const trace = segmentTrace({ problem: "p", chain: steps.join(separator), strategy, delimiter: "ки" });
  expect(trace.steps.map(({ text }) => text)).toEqual(steps);
});

describe("segmentTrace", () => {
  it("cuts each lane on its own and keeps offsets into the chain", () => {
    const chain = "<think>\na\n\nb</think>\n\nc\n\nd";
    const trace = segmentTrace({ problem: "p", chain, strategy: "blank-line" });
    expect(trace.chain).toBe(chain);
    expect(trace.problem).toBe("p");
    expect(trace.split.detection).toBe("tags");
    expect(trace.steps).toEqual([
      { index: 0, lane: "thinking", start: 8, end: 9, text: "a" },
      { index: 1, lane: "thinking", start: 11, end: 12, text: "b" },
      { index: 2, lane: "response", start: 22, end: 23, text: "c" },
      { index: 3, lane: "response", start: 25, end: 26, text: "d" },
    ]);
  });

  it("never joins a heading that ends the thinking to the response", () => {
    const chain = "<think>a\n\n# H</think>b";
    const trace = segmentTrace({ problem: "", chain, strategy: "blank-line" });
    expect(trace.steps.map(({ lane, text }) => [lane, text])).toEqual([
      ["thinking", "a"],
      ["thinking", "# H"],
      ["response", "b"],
    ]);
  });

  it("takes every step verbatim from the chain, whatever the strategy", () => {
    const parts = fc.array(fc.constantFrom(...FRAGMENTS, "<think>", "</think>"), { maxLength: 40 });
    const id = fc.constantFrom(...STRATEGIES.map((strategy) => strategy.id));
    fc.assert(
      fc.property(parts, id, (texts, strategy) => {
        const chain = texts.join("");
        const { steps } = segmentTrace({ problem: "", chain, strategy, delimiter: "ки" });
        expect(steps.map(({ start, end }) => chain.slice(start, end))).toEqual(steps.map(({ text }) => text));
        expect(steps.map(({ index }) => index)).toEqual(steps.map((_, index) => index));
      }),
    );
  });
});
