/** Keeps steps that came as a list apart as they came, whatever text they hold. */
import { type ChainRecord, type GivenSteps, givenInOrder, joinSteps } from "../core/chain-record.ts";
import { segmentTrace } from "../core/segment/index.ts";
import type { OwnRanges } from "../core/segment/own-ranges.ts";
import type { Cut, Source } from "../state/workspace.ts";

/** Where the steps lie in the chain that they were joined to, in order. */
function placesIn(chain: string, given: GivenSteps): OwnRanges {
  let from = 0;
  return givenInOrder(given).map(({ text }) => {
    const start = chain.indexOf(text, from);
    from = start + text.length;
    return { start, end: from };
  });
}

/** A chain as a record has it, cut by the rule in force or into the steps that it came in. */
export function cutOfRecord(chain: ChainRecord["chain"], cut: Cut): Omit<Source, "problem"> {
  return typeof chain === "string" ? { chain, own: [], ...cut } : cutAtSteps(chain, cut);
}

/**
 * A chain of exactly these steps, joined by blank lines: by the rule in force when that cuts it into them, else with
 * the steps set where they are. No step's text is changed.
 */
function cutAtSteps(given: GivenSteps, cut: Cut): Omit<Source, "problem"> {
  const chain = joinSteps(given, "\n\n");
  const wanted = givenInOrder(given);
  const { steps } = segmentTrace({ problem: "", chain, ...cut });
  const isSame =
    wanted.length === steps.length && wanted.every(({ text }, index) => text.trim() === steps[index]?.text);
  return { chain, ...cut, own: isSame ? [] : placesIn(chain, given) };
}
