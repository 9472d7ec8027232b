import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STEP_TAGS } from "../step-tags.ts";
import {
  COMPARISONS,
  type Condition,
  compileText,
  LONGEST_QUERY,
  parseQuery,
  SUM_STATUSES,
  type Term,
  unknownFilter,
} from "./query.ts";

function conditionsOf(typed: string): readonly Term[] | string {
  const query = parseQuery(typed);
  return query.kind === "terms" ? query.terms : query.problem;
}

const term = (condition: Condition, isNegated = false): Term => ({ condition, isNegated });
const text = (words: string) => term({ kind: "text", text: words });

describe("parseQuery", () => {
  it.each<[string, readonly Term[]]>([
    ["", []],
    ["   ", []],
    ["so 4", [text("so"), text("4")]],
    ['"so 4" then', [text("so 4"), text("then")]],
    ['"say ""hi"" now"', [text('say "hi" now')]],
    ["“so 4”", [text("so 4")]],
    ['"being typed', [text("being typed")]],
    ['""', []],
    ["/a b/ c", [term({ kind: "pattern", pattern: "a b" }), text("c")]],
    ["/[/]\\/x/", [term({ kind: "pattern", pattern: "[/]\\/x" })]],
    ["-/a/", [term({ kind: "pattern", pattern: "a" }, true)]],
    ["score<0.4", [term({ kind: "score", comparison: "<", value: 0.4 })]],
    ["score >= .9", [term({ kind: "score", comparison: ">=", value: 0.9 })]],
    ["delta<-0.3", [term({ kind: "delta", comparison: "<", value: -0.3 })]],
    ["delta≤−0.3", [term({ kind: "delta", comparison: "<=", value: -0.3 })]],
    ["-score>0.5 x", [term({ kind: "score", comparison: ">", value: 0.5 }, true), text("x")]],
    ["lane:think", [term({ kind: "lane", lane: "thinking" })]],
    ["Lane:response", [term({ kind: "lane", lane: "response" })]],
    [
      "tag:verify -tag:setup",
      [term({ kind: "tag", tag: "verify" }), term({ kind: "tag", tag: "setup" }, true)],
    ],
    ["label:bad", [term({ kind: "label", label: "bad" })]],
    ["-", [text("-")]],
    ["- x", [text("-"), text("x")]],
    ["score", [text("score")]],
    ["1/2", [text("1/2")]],
    ["Note:", [text("Note:")]],
    ["sum:wrong", [term({ kind: "sum", status: "wrong" })]],
    [
      "-sum:part SUM:r",
      [term({ kind: "sum", status: "partly" }, true), term({ kind: "sum", status: "right" })],
    ],
    ["disagree -disagree", [term({ kind: "disagree" }), term({ kind: "disagree" }, true)]],
    ['"disagree" disagrees', [text("disagree"), text("disagrees")]],
  ])("reads %j", (typed, terms) => {
    expect(conditionsOf(typed)).toEqual(terms);
  });

  it.each([
    ["/so 4", /ends with a slash/],
    ["//", /Between the slashes/],
    ["/(/", /^The regular expression \/\(\/ cannot be read: .+\.$/],
    ["score<", /^score< needs a number, as in score<0\.4\.$/],
    ["score<1e999", /needs a number/],
    ["score=0.4", /is compared by/],
    ["delta<x", /delta< needs a number/],
    ["lane:x", /lane: needs think or response\./],
    ["label:wrong", /label: needs one of good, neutral, bad\./],
    ["tag:", /tag: needs one of setup, plan/],
    ["sum:", /sum: needs one of right, rounded, wrong, partly, unchecked\./],
    ["sum:bad", /sum: needs one of/],
  ])("says in one sentence what is wrong of %j", (typed, sentence) => {
    expect(conditionsOf(typed)).toMatch(sentence);
  });

  it.each([
    ["sums:wrong", "sums"],
    ["x score:0.4", "score"],
    ["-reward:low", "reward"],
    ["note: x", undefined],
    ['"note:x"', undefined],
    ["a:b", undefined],
    ["12:30", undefined],
    ["https://x.org", undefined],
    ["lane:think", undefined],
    ["lane:", undefined],
  ])("knows what in %j is written as a filter and is none", (typed, filter) => {
    expect(unknownFilter(typed)).toBe(filter);
  });

  const phrase = fc.string({ minLength: 1 }).filter((words) => !words.startsWith('"'));
  const condition: fc.Arbitrary<readonly [string, Condition]> = fc.oneof(
    phrase.map((words) => [`"${words.replaceAll('"', '""')}"`, { kind: "text", text: words }] as const),
    fc
      .tuple(
        fc.constantFrom("score", "delta"),
        fc.constantFrom(...COMPARISONS),
        fc.integer({ min: -100, max: 100 }),
      )
      .map(([kind, comparison, hundredths]) => {
        const value = hundredths / 100;
        return [`${kind}${comparison}${value}`, { kind, comparison, value }] as const;
      }),
    fc.constantFrom(...STEP_TAGS).map((tag) => [`tag:${tag}`, { kind: "tag", tag }] as const),
    fc.constantFrom(...SUM_STATUSES).map((status) => [`sum:${status}`, { kind: "sum", status }] as const),
    fc.constantFrom(["disagree", { kind: "disagree" }] as const),
    fc.constantFrom("thinking", "response").map((lane) => [`lane:${lane}`, { kind: "lane", lane }] as const),
    fc
      .string()
      .map((words) => words.replace(/[^a-z .*]/gi, ""))
      .filter((pattern) => pattern !== "" && !/^[*]|[*]{2}/.test(pattern))
      .map((pattern) => [`/${pattern}/`, { kind: "pattern", pattern }] as const),
  );

  it("reads back every list of terms that is written in it", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(condition, fc.boolean()), { maxLength: 8 }), (terms) => {
        const typed = terms.map(([[written], isNegated]) => `${isNegated ? "-" : ""}${written}`).join(" ");
        fc.pre(typed.length <= LONGEST_QUERY);
        expect(conditionsOf(typed)).toEqual(terms.map(([[, known], isNegated]) => term(known, isNegated)));
      }),
    );
  });

  it("never throws, and every pattern it lets through compiles", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'"“”/\\[]()-<>=:. score delta lane tag 0.4 thiv\ud83d\ude00') }),
        (typed) => {
          expect(["terms", "problem"]).toContain(parseQuery(typed).kind);
        },
      ),
    );
  });
});

describe("compileText", () => {
  it("finds exactly the text, whatever signs it has", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: "grapheme" }),
        fc.string(),
        fc.string(),
        (words, before, after) => {
          const whole = `${before}${words}${after}`;
          const found = [...whole.matchAll(compileText(words))].map(([match]) => match.toLowerCase());
          expect(found.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
