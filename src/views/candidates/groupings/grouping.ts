/** What a way to part the numbers of the candidates in two consists of. One file each, one line in `index.ts`. */
import type { AggregateId } from "../../../core/aggregate/index.ts";
import type { Entry } from "../../../state/best-of.ts";
import type { GroupPair, Measure } from "../../../state/distribution.ts";
import type { AggregateSettings } from "../../../state/view-state.ts";

/** What is to be parted. */
export interface Counted {
  /** Of all problems. */
  readonly entries: readonly Entry[];
  /** One of the grouping's own. */
  readonly measure: Measure;
  readonly aggregate: AggregateId;
  readonly settings: AggregateSettings;
  /** Id of one of the grouping's pairs; undefined where it has none. */
  readonly pair: string | undefined;
  readonly nameOf: (identity: string) => string;
}

export interface Parted {
  readonly groups: GroupPair;
  /** What the axis holds at least: all that the numbers can be. An end may be infinite. */
  readonly range: readonly [number, number];
  /** What has to be known to read them, in sentences. */
  readonly remarks: readonly string[];
}

export interface Grouping {
  /** The file's name. */
  readonly id: string;
  readonly label: string;
  /** What can be counted, in the menu's order; never empty. */
  readonly measures: readonly [Measure, ...Measure[]];
  part(counted: Counted): Parted;
  /** What is missing and how it can be had, in one sentence, where neither group has a number. */
  emptyWords(counted: Counted): string;
  /** Which two can be held against each other, the likeliest first; for a grouping of which there can be several. */
  pairs?(
    entries: readonly Entry[],
    nameOf: Counted["nameOf"],
  ): readonly { readonly id: string; readonly label: string }[];
  /** What overlap says here, where it is not how well the rewards tell the groups apart. */
  readonly meaning?: string;
}
