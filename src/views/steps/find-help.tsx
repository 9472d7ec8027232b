import { STEP_LABELS } from "../../core/chain-record.ts";
import { SUM_STATUSES } from "../../core/find/query.ts";
import { STEP_TAGS } from "../../core/step-tags.ts";

const LANGUAGE: readonly (readonly [written: string, meaning: string])[] = [
  ["so 4", "steps that have both words, ignoring case"],
  ['"so 4"', "the phrase as it stands; a doubled quote is one quote"],
  ["/\\d+ apples?/", "a regular expression; ^ and $ are the ends of a line"],
  ["score<0.4", "by reward, with <, <=, > or >="],
  ["delta<-0.3", "by the reward minus that of the step before"],
  ["lane:think", "the thinking, or the answer with lane:response"],
  ["tag:verify", `by what the step does: ${STEP_TAGS.join(", ")}`],
  ["label:bad", `by what the source of the chain says: ${STEP_LABELS.join(", ")}`],
  ["sum:wrong", `by its recomputed sums: ${SUM_STATUSES.join(", ")}`],
  ["disagree", "model and arithmetic disagree; in quotes it is the word"],
  ["-tag:setup", "a minus negates any of these"],
];

/** The language of find, in place. */
export function FindHelp({ id }: { readonly id: string }) {
  return (
    <div
      id={id}
      className="absolute inset-x-0 top-full z-10 border-b border-line-strong bg-raised px-5 py-3 text-xs text-ink-2 shadow-md"
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1">
        {LANGUAGE.map(([written, meaning]) => (
          <div key={written} className="contents">
            <dt className="font-mono whitespace-pre text-ink">{written}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="pt-2 text-ink-3">
        A step has to meet all of them. One without a reward or a label meets no condition on it, nor its
        opposite.
      </p>
    </div>
  );
}
