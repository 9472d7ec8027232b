/** Keeps steps that came as a list apart as they came, whatever text they hold. */
import { type GivenSteps, joinSteps } from "../core/chain-record.ts";
import { segmentTrace } from "../core/segment/index.ts";
import type { Cut, Source } from "../state/workspace.ts";

/** A text that is in none of the steps. It stands on a line of its own, so no step can add to it. */
function unusedMark(steps: readonly string[]): string {
  let mark = "<step>";
  for (let number = 2; steps.some((step) => step.includes(mark)); number += 1) {
    mark = `<step ${number}>`;
  }
  return mark;
}

function stepTexts(source: Omit<Source, "problem">): readonly string[] {
  return segmentTrace({ problem: "", ...source }).steps.map(({ text }) => text);
}

/**
 * A chain and a rule that cuts it into exactly these steps: the rule in force when it does so with the steps
 * joined by blank lines, else a delimiter. No step's text is changed.
 */
export function cutAtSteps(given: GivenSteps, cut: Cut): Omit<Source, "problem"> {
  const plain = { chain: joinSteps(given, "\n\n"), ...cut };
  const delimiter = unusedMark([...given.thinking, ...given.response]);
  const marked = {
    chain: joinSteps(given, `\n\n${delimiter}\n\n`),
    strategy: "delimiter",
    delimiter,
  } as const;
  const [wanted, found] = [stepTexts(marked), stepTexts(plain)];
  const isSame = wanted.length === found.length && wanted.every((text, index) => text === found[index]);
  return isSame ? plain : marked;
}
