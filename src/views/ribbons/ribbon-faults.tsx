import { select } from "../../actions/navigate.ts";
import type { Fault, FaultKind } from "../../core/alignment/faults.ts";
import { plural } from "../../ui/format-number.ts";

interface RibbonFaultsProps {
  readonly faults: readonly Fault[];
  readonly responseCount: number;
}

const KINDS: readonly FaultKind[] = ["kept-bad", "dropped-good", "no-support"];
const MOST_NAMED = 8;

function countWords(kind: FaultKind, count: number): string {
  switch (kind) {
    case "kept-bad":
      return `${plural(count, "response step")} ${count === 1 ? "rests" : "rest"} on a thought below the threshold:`;
    case "dropped-good":
      return `${plural(count, "good thought")} ${count === 1 ? "is" : "are"} dropped:`;
    case "no-support":
      return `${plural(count, "response step")} ${count === 1 ? "has" : "have"} no support in the thinking:`;
  }
}

/** The faults in words, each with the steps it is at. */
export function RibbonFaults({ faults, responseCount }: RibbonFaultsProps) {
  return (
    <div data-testid="ribbon-faults" className="border-b border-line px-5 py-2 text-xs text-ink-2">
      {faults.length === 0 ? (
        <p>
          Each of {plural(responseCount, "response step")} follows from a thought at or above the threshold.
        </p>
      ) : (
        <ul className="flex flex-col gap-0.5">
          {KINDS.map((kind) => {
            const steps = [
              ...new Set(faults.filter((fault) => fault.kind === kind).map(({ index }) => index)),
            ];
            return (
              steps.length > 0 && (
                <li key={kind} className="flex flex-wrap items-baseline gap-x-1.5">
                  {countWords(kind, steps.length)}
                  {steps.slice(0, MOST_NAMED).map((index) => (
                    <button
                      key={index}
                      type="button"
                      onClick={() => select(index, "page")}
                      className="underline decoration-line-strong underline-offset-[3px] hover:text-ink"
                    >
                      step {index + 1}
                    </button>
                  ))}
                  {steps.length > MOST_NAMED && <span>and {steps.length - MOST_NAMED} more</span>}
                </li>
              )
            );
          })}
        </ul>
      )}
    </div>
  );
}
