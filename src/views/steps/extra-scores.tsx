import type { ExtraScore } from "../../core/trace.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatProbability } from "../../ui/format-number.ts";

/** In words, since a colour of its own would compete with the reward's; nothing below the threshold. */
export function extraMark({ value, threshold }: ExtraScore): string | undefined {
  return value > threshold ? `above ${threshold}` : undefined;
}

/** What a model says of a step besides its reward, such as ReasonEval's redundancy. */
export function ExtraScores({ extra = [] }: { readonly extra: readonly ExtraScore[] | undefined }) {
  return extra.map((score) => {
    const mark = extraMark(score);
    return (
      <p
        key={score.id}
        title={`${score.label} ${score.value}`}
        className={classNames(
          "mb-0.5 text-2xs",
          mark === undefined ? "text-ink-3" : "font-semibold text-ink",
        )}
      >
        {score.label} {formatProbability(score.value)}
        {mark !== undefined && `, ${mark}`}
      </p>
    );
  });
}
