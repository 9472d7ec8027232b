import { ChevronDown } from "lucide-react";
import { setTag } from "../../actions/read-chain.ts";
import { STEP_TAGS, type StepTag, TAG_MEANINGS } from "../../core/step-tags.ts";
import { classNames } from "../../ui/class-names.ts";

interface TagMenuProps {
  /** Of the step, 0-based. */
  readonly index: number;
  readonly tag: StepTag;
  /** What the rules say. */
  readonly ruled: StepTag;
}

/** What a step does: a chip that opens a menu to set it right. */
export function TagMenu({ index, tag, ruled }: TagMenuProps) {
  const isCorrected = tag !== ruled;
  return (
    <span className="relative inline-flex">
      <select
        aria-label={`Tag of step ${index + 1}`}
        title={`${TAG_MEANINGS[tag]}${isCorrected ? `; set by you, by the rules it is ${ruled}` : ""}`}
        value={tag}
        onChange={(event) => {
          const chosen = STEP_TAGS.find((known) => known === event.target.value);
          setTag(index, chosen === ruled ? undefined : chosen);
        }}
        className={classNames(
          // As wide as its widest tag: what an option says besides must not widen it.
          "h-5 w-21 appearance-none rounded-full border bg-surface pr-5 pl-2 text-2xs hover:text-ink",
          isCorrected ? "border-ink-3 font-semibold text-ink" : "border-line-strong text-ink-2",
        )}
      >
        {STEP_TAGS.map((known) => (
          <option key={known} value={known}>
            {known}
            {known === ruled && isCorrected ? " (by the rules)" : ""}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1 right-1 size-3 text-ink-3" />
    </span>
  );
}
