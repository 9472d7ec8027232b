import { divergingBin } from "../ui/diverging-scale.ts";
import { formatProbability } from "../ui/format-number.ts";
import { type AxisRange, barEnds } from "../ui/value-axis.ts";

interface RewardChipProps {
  readonly reward: number | undefined;
  readonly threshold: number;
  /** Of the model's rewards. */
  readonly range: AxisRange;
  /** Why there is no reward. */
  readonly title?: string | undefined;
}

/** A reward as a printed number, a colour and a small bar; hatched when there is none. */
export function RewardChip({ reward, threshold, range, title }: RewardChipProps) {
  if (reward === undefined) {
    return <span className="hatched block h-5 w-[52px] rounded-[5px] border border-line" title={title} />;
  }
  const [from, to] = barEnds(reward, range);
  return (
    <span
      className="flex w-[52px] flex-col gap-[3px]"
      data-bin={divergingBin(reward, threshold)}
      title={`reward ${reward}`}
    >
      <span className="grid h-5 place-items-center rounded-[5px] bg-(--bin) text-xs font-semibold text-(--bin-on)">
        {formatProbability(reward)}
      </span>
      <span aria-hidden className="h-[3px] overflow-hidden rounded-full bg-line">
        <span
          className="block h-full rounded-full bg-(--bin-mark)"
          style={{ marginLeft: `${from * 100}%`, width: `${(to - from) * 100}%` }}
        />
      </span>
    </span>
  );
}
