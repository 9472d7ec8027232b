/**
 * Edits of a chain by its steps. Each gives the chain's new text and the places of all its steps, so that only what
 * was touched changes: how the rest was cut stays.
 */
import { assertDefined } from "../assert.ts";
import { splitLanes } from "../lanes.ts";
import type { OwnRanges } from "../segment/own-ranges.ts";
import type { Range } from "../segment/strategy.ts";
import type { Step, Trace } from "../trace.ts";
import type { CharOffset, StepIndex } from "../units.ts";

export type StepEdit =
  /** Another text, or several: each is a step. */
  | { readonly kind: "replace"; readonly index: StepIndex; readonly texts: readonly string[] }
  /** Cuts a step in two; nothing happens where one half would be empty. */
  | { readonly kind: "split"; readonly index: StepIndex; readonly at: CharOffset }
  /** Joins a step to the next one of its lane, with what lies between them. */
  | { readonly kind: "merge"; readonly index: StepIndex }
  | { readonly kind: "delete"; readonly index: StepIndex }
  /** Changes places with a neighbour of its lane. */
  | { readonly kind: "move"; readonly index: StepIndex; readonly by: 1 | -1 }
  /** A new step behind one, in its lane. */
  | { readonly kind: "insert"; readonly index: StepIndex; readonly text: string };

export interface EditedChain {
  readonly chain: string;
  readonly own: OwnRanges;
  /** The step to look at now. */
  readonly shown: StepIndex;
}

/** What parts steps that were not apart before. */
const SEPARATOR = "\n\n";

/** Whether the edit can be made of these steps. */
export function canEdit({ chain, steps }: Pick<Trace, "chain" | "steps">, edit: StepEdit): boolean {
  const step = steps[edit.index];
  switch (edit.kind) {
    case "merge": {
      const next = steps[edit.index + 1];
      return step !== undefined && next !== undefined && isInOneLane(chain, step.start, next.end);
    }
    case "move":
      return step !== undefined && steps[edit.index + edit.by]?.lane === step.lane;
    default:
      return step !== undefined;
  }
}

/** Whether thinking neither begins nor ends in between: a step that reached over that would be cut there again. */
function isInOneLane(chain: string, from: CharOffset, to: CharOffset): boolean {
  return splitLanes(chain).ranges.some(({ start, end }) => start <= from && to <= end);
}

/** @returns undefined when the edit would change nothing, or cannot be made. */
export function editSteps(
  { chain, steps }: Pick<Trace, "chain" | "steps">,
  edit: StepEdit,
): EditedChain | undefined {
  if (!canEdit({ chain, steps }, edit)) {
    return undefined;
  }
  const { index } = edit;
  const step = assertDefined(steps[index], "step");
  switch (edit.kind) {
    case "replace": {
      const texts = edit.texts.map((text) => text.trim()).filter((text) => text !== "");
      if (texts.length === 1 && texts[0] === step.text) {
        return undefined;
      }
      return texts.length === 0
        ? editSteps({ chain, steps }, { kind: "delete", index })
        : { ...splice(chain, steps, step, texts, SEPARATOR), shown: index };
    }
    case "split": {
      const halves = [step.text.slice(0, edit.at), step.text.slice(edit.at)];
      if (halves.some((half) => half.trim() === "")) {
        return undefined;
      }
      const cut = step.start + edit.at;
      const ranges = steps.flatMap(({ start, end }) =>
        start === step.start
          ? [
              { start, end: cut },
              { start: cut, end },
            ]
          : [{ start, end }],
      );
      return { chain, own: ranges.map((range) => trimmed(chain, range)), shown: index };
    }
    case "merge": {
      const { end } = assertDefined(steps[index + 1], "step");
      const own = steps.flatMap((one) =>
        one.index === index
          ? [{ start: one.start, end }]
          : one.index === index + 1
            ? []
            : [{ start: one.start, end: one.end }],
      );
      return { chain, own, shown: index };
    }
    case "delete": {
      const { chain: rest, own } = splice(chain, steps, withSeparator(steps, step), []);
      return { chain: rest, own, shown: Math.max(0, Math.min(index, steps.length - 2)) };
    }
    case "move": {
      const [first, second] = edit.by === 1 ? [step, steps[index + 1]] : [steps[index - 1], step];
      const [a, b] = [assertDefined(first, "step"), assertDefined(second, "step")];
      const between = chain.slice(a.end, b.start);
      const moved = splice(chain, steps, { start: a.start, end: b.end }, [b.text, a.text], between);
      return { ...moved, shown: index + edit.by };
    }
    case "insert": {
      const text = edit.text.trim();
      return text === ""
        ? undefined
        : { ...splice(chain, steps, step, [step.text, text], SEPARATOR), shown: index + 1 };
    }
  }
}

/** A step and what parts it from its neighbour in the lane. */
function withSeparator(steps: readonly Step[], { index, lane, start, end }: Step): Range {
  const [before, after] = [steps[index - 1], steps[index + 1]];
  if (after?.lane === lane) {
    return { start, end: after.start };
  }
  return before?.lane === lane ? { start: before.end, end } : { start, end };
}

/** Puts steps in the place of a range of the chain, and tells where all steps are then. */
function splice(
  chain: string,
  steps: readonly Step[],
  replaced: Range,
  texts: readonly string[],
  separator = "",
): Omit<EditedChain, "shown"> {
  const text = texts.join(separator);
  const shift = text.length - (replaced.end - replaced.start);
  let at = replaced.start;
  const put = texts.map((one) => {
    const range = { start: at, end: at + one.length };
    at = range.end + separator.length;
    return range;
  });
  return {
    chain: chain.slice(0, replaced.start) + text + chain.slice(replaced.end),
    own: [
      ...steps.filter(({ end }) => end <= replaced.start).map(({ start, end }) => ({ start, end })),
      ...put,
      ...steps
        .filter(({ start }) => start >= replaced.end)
        .map(({ start, end }) => ({ start: start + shift, end: end + shift })),
    ],
  };
}

function trimmed(text: string, { start, end }: Range): Range {
  const piece = text.slice(start, end);
  const from = start + (piece.length - piece.trimStart().length);
  return { start: from, end: from + piece.trim().length };
}
