import type { ReactElement, ReactNode } from "react";
import { describe, expect, it } from "vitest";
import type { TokenHazard } from "../../core/trace.ts";
import { RenderedText } from "./rendered-text.tsx";
import { markedText, TokenText } from "./token-text.tsx";

/** Tokens of five letters each, and a hit in every second one. `reads` counts how often a hazard was asked for. */
function longStep(tokenCount: number) {
  const text = "abcd ".repeat(tokenCount);
  let reads = 0;
  const hazards = Array.from({ length: tokenCount }, (_, index): TokenHazard => {
    const start = index * 5;
    return {
      start,
      end: start + 5,
      get hazard() {
        reads += 1;
        return (index % 10) / 10;
      },
    };
  });
  const hits = Array.from({ length: tokenCount / 2 }, (_, index) => ({
    start: index * 10 + 1,
    end: index * 10 + 3,
  }));
  return { text, hazards, hits, readCount: () => reads };
}

interface Shown {
  readonly text: string;
  readonly heat: number;
  readonly isHit: boolean;
}

/** What is drawn, letter by letter, with what is put round it. */
function lettersOf(node: ReactNode, around: Omit<Shown, "text"> = { heat: 0, isHit: false }): Shown[] {
  if (typeof node === "string") {
    return Array.from(node, (text) => ({ text, ...around }));
  }
  if (Array.isArray(node)) {
    return node.flatMap((child: ReactNode) => lettersOf(child, around));
  }
  const { props, type } = node as ReactElement<{ children?: ReactNode; "data-heat"?: number }>;
  return lettersOf(props.children, {
    heat: props["data-heat"] ?? around.heat,
    isHit: around.isHit || type === "mark",
  });
}

describe("the text of a step", () => {
  it("is drawn in a time that grows with its length, not with its length times its hits", () => {
    const step = longStep(2000);
    markedText(step, [0, step.text.length]);
    const stretches = 2 * step.hits.length + 1;
    // A token is looked at once, and once more for each hit that begins or ends in it; its title reads it again.
    expect(step.readCount()).toBeLessThan(2 * (2000 + 2 * stretches));
  });

  it("has the heat of its tokens and the marks of its hits at their places", () => {
    const step = longStep(40);
    const letters = lettersOf(markedText(step, [0, step.text.length]));
    expect(letters.map(({ text }) => text).join("")).toBe(step.text);
    const levels = [0, 1, 2, 3, 3, 4, 4, 4, 5, 5];
    expect(letters.map(({ heat }) => heat)).toEqual(
      Array.from(step.text, (_, at) => levels[Math.floor(at / 5) % 10]),
    );
    expect(letters.map(({ isHit }) => isHit)).toEqual(
      Array.from(step.text, (_, at) => at % 10 === 1 || at % 10 === 2),
    );
  });

  it("is drawn again only when it is another", () => {
    for (const Text of [TokenText, RenderedText]) {
      expect(Text).toMatchObject({ $$typeof: Symbol.for("react.memo") });
    }
  });
});
