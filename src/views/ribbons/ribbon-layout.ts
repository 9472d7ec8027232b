/** Where the rows and ribbons between two lanes stand. Lengths in CSS pixels, across in shares of the ribbons' width. */
import type { Alignment, Link } from "../../core/alignment/align.ts";
import type { StepIndex } from "../../core/units.ts";

/** Two lines of text, and air. */
export const ROW_HEIGHT = 44;
/** Between a ribbon and the edge of its row. */
const INSET = 7;
/** The ribbons' width in their own units. */
export const RIBBON_WIDTH = 100;

export interface Ribbon {
  readonly link: Link;
  readonly path: string;
  /** Upper and lower edge. */
  readonly top: number;
  readonly bottom: number;
}

export interface RibbonLayout {
  /** Top of each row, by step. */
  readonly tops: ReadonlyMap<StepIndex, number>;
  readonly height: number;
  readonly ribbons: readonly Ribbon[];
}

/** Thoughts one under the other; each response step as close beside its thoughts as those before it allow. */
export function layOutRibbons({
  thoughts,
  responses,
  links,
}: Pick<Alignment, "thoughts" | "responses" | "links">): RibbonLayout {
  const tops = new Map(thoughts.map((index, place) => [index, place * ROW_HEIGHT]));
  let free = 0;
  const linksOf = groupByEnd(links, ({ response }) => response);
  const end = Math.max(thoughts.length, responses.length) * ROW_HEIGHT;
  for (const [place, response] of responses.entries()) {
    const beside = linksOf.get(response)?.filter((link) => !link.isOutOfOrder) ?? [];
    const wanted = beside.map(({ thought }) => tops.get(thought) ?? 0);
    const middle = wanted.length === 0 ? free : wanted.reduce((sum, top) => sum + top, 0) / wanted.length;
    // Those still to come need their rows as well.
    const latest = end - (responses.length - place) * ROW_HEIGHT;
    const top = Math.max(free, Math.min(middle, latest));
    tops.set(response, top);
    free = top + ROW_HEIGHT;
  }
  const leftSlots = slotsOf(links, tops, ({ thought }) => thought);
  const rightSlots = slotsOf(links, tops, ({ response }) => response);
  const ribbons = links.flatMap((link): Ribbon[] => {
    const left = leftSlots.get(link);
    const right = rightSlots.get(link);
    return left && right
      ? [
          {
            link,
            path: ribbonPath(left, right),
            top: Math.min(left[0], right[0]),
            bottom: Math.max(left[1], right[1]),
          },
        ]
      : [];
  });
  return { tops, height: Math.max(end, free), ribbons };
}

/** The links of each row, in their order. */
function groupByEnd(
  links: readonly Link[],
  endOf: (link: Link) => StepIndex,
): ReadonlyMap<StepIndex, readonly Link[]> {
  const byRow = new Map<StepIndex, Link[]>();
  for (const link of links) {
    const row = endOf(link);
    const known = byRow.get(row);
    if (known === undefined) {
      byRow.set(row, [link]);
    } else {
      known.push(link);
    }
  }
  return byRow;
}

type Edge = readonly [top: number, bottom: number];

/** Two edges joined by curves that leave both sides level. */
function ribbonPath([leftTop, leftBottom]: Edge, [rightTop, rightBottom]: Edge): string {
  const half = RIBBON_WIDTH / 2;
  const upper = `M0 ${leftTop}C${half} ${leftTop} ${half} ${rightTop} ${RIBBON_WIDTH} ${rightTop}`;
  return `${upper}V${rightBottom}C${half} ${rightBottom} ${half} ${leftBottom} 0 ${leftBottom}Z`;
}

/** Divides each row among the ribbons that end there, in their order. */
function slotsOf(
  links: readonly Link[],
  tops: ReadonlyMap<StepIndex, number>,
  endOf: (link: Link) => StepIndex,
): ReadonlyMap<Link, Edge> {
  return new Map(
    [...groupByEnd(links, endOf)].flatMap(([row, ends]) => {
      const height = (ROW_HEIGHT - 2 * INSET) / ends.length;
      const first = (tops.get(row) ?? 0) + INSET;
      return ends.map((link, place): [Link, Edge] => [
        link,
        [first + place * height, first + (place + 1) * height],
      ]);
    }),
  );
}
