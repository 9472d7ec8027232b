/** The steps that a source lists, without those that no model can be asked about, and what it says of them. */
import { type ChainRecord, type GivenSteps, givenInOrder } from "../core/chain-record.ts";
import { splitLanes } from "../core/lanes.ts";
import type { Lane } from "../core/trace.ts";

type Judged = Pick<ChainRecord, "chain"> & {
  readonly labels?: ChainRecord["labels"] | undefined;
  readonly firstError?: number | undefined;
};

/** A step, or its part in one lane. */
interface Part {
  readonly lane: Lane;
  readonly text: string;
  /** The place of its step in the source's list. */
  readonly step: number;
}

/**
 * Leaves out steps without text or with nothing but tags, parts steps at tags of thinking, and moves labels and the
 * first error with them: of a parted step they are said of its last part. A first error that has no text is not known
 * any more.
 */
export function ownSteps<Given extends Judged>(judged: Given): Given | Judged {
  const { chain, labels, firstError } = judged;
  if (typeof chain === "string") {
    return judged;
  }
  const given = givenInOrder(chain);
  const parts = partsOf(chain).filter(({ text }) => text.trim() !== "");
  if (parts.length === given.length && parts.every((part, index) => part.text === given[index]?.text)) {
    return judged;
  }
  const isLast = (index: number) => parts[index + 1]?.step !== parts[index]?.step;
  const place = parts.findLastIndex(({ step }) => step === firstError);
  const of = (wanted: Lane) => parts.filter(({ lane }) => lane === wanted).map(({ text }) => text);
  return {
    chain: { thinking: of("thinking"), response: of("response") },
    labels: labels && parts.map(({ step }, index) => (isLast(index) ? (labels[step] ?? null) : null)),
    firstError: firstError === undefined || firstError < 0 ? firstError : place < 0 ? undefined : place,
  };
}

/** Between steps, so that no tag and no word runs from one into the next. */
const BETWEEN = "\n\n";

/** Lists with tags in them hold both lanes; where thinking follows a response, its steps stay as they are. */
function partsOf(chain: GivenSteps): readonly Part[] {
  const whole = givenInOrder(chain).map((one, step): Part => ({ ...one, step }));
  const { ranges, detection } = splitLanes(chain.response.join(BETWEEN));
  if (chain.thinking.length > 0 || detection === "none" || !isThinkingFirst(ranges.map(({ lane }) => lane))) {
    return whole;
  }
  const parts: Part[] = [];
  let start = 0;
  for (const { text, step } of whole) {
    const end = start + text.length;
    for (const range of ranges) {
      const [from, to] = [Math.max(start, range.start), Math.min(end, range.end)];
      if (from < to) {
        parts.push({ lane: range.lane, text: text.slice(from - start, to - start), step });
      }
    }
    start = end + BETWEEN.length;
  }
  return parts;
}

function isThinkingFirst(lanes: readonly Lane[]): boolean {
  return (
    lanes.lastIndexOf("thinking") < (lanes.includes("response") ? lanes.indexOf("response") : lanes.length)
  );
}
