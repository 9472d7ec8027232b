import type { StepCheck } from "../../core/arithmetic/check.ts";
import { plural } from "../../ui/format-number.ts";
import { CheckGlyph } from "../check-glyph.tsx";
import { findingSentence } from "../reading-words.ts";

interface WrongSumsProps {
  readonly check: StepCheck;
  /** Whether the model's reward is at or above the threshold. */
  readonly isHappy: boolean;
}

/** On the step's row: arithmetic that is wrong, and whether the model let it pass. */
export function WrongSums({ check, isHappy }: WrongSumsProps) {
  return check.findings
    .filter(({ verdict }) => verdict === "wrong")
    .map((finding) => (
      <p key={finding.start} className="mb-0.5 flex items-center gap-1 text-2xs font-semibold text-bad">
        <CheckGlyph status="wrong" />
        <span className="min-w-0">
          {findingSentence(finding)}
          {isHappy && <span className="font-normal text-ink-2">, and the model let it pass</span>}
        </span>
      </p>
    ));
}

/** In the step's detail: everything that was recomputed, and what was not. */
export function StepSums({ check }: { readonly check: StepCheck }) {
  const { findings, uncheckedCount } = check;
  const rest =
    findings.length === 0
      ? uncheckedCount === 0
        ? "Not checked: nothing here computes one number from others."
        : `Not checked: ${plural(uncheckedCount, "equals sign")}, none of them between two sides of plain numbers.`
      : uncheckedCount > 0
        ? `${plural(uncheckedCount, "more equals sign")} not checked.`
        : "";
  return (
    <section aria-label="Arithmetic" className="flex flex-col gap-1.5">
      <h3 className="caption" title="Recomputed here, exactly">
        Arithmetic
      </h3>
      {findings.length > 0 && (
        <ul className="flex flex-col gap-1">
          {findings.map((finding) => (
            <li key={finding.start} data-check={finding.verdict} className="flex gap-1.5 text-xs">
              <span className="grid h-4 place-items-center">
                <CheckGlyph status={finding.verdict} />
              </span>
              <span className="min-w-0 break-words">{findingSentence(finding)}</span>
            </li>
          ))}
        </ul>
      )}
      {rest !== "" && <p className="text-xs text-ink-3">{rest}</p>}
    </section>
  );
}
