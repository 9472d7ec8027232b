import { useState } from "react";
import type { PromptView, StepScore, TokenHazard } from "../../core/trace.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { formatCount, formatProbability } from "../../ui/format-number.ts";
import { ScrollBox } from "../../ui/scroll-box.tsx";

const FIRST_ROWS = 24;
const MORE_ROWS = 200;

interface LogitTableProps {
  readonly prompt: PromptView | undefined;
  readonly score: StepScore;
}

/** Tab-separated, full precision: for a spreadsheet or a bug report. */
function toText({ prompt, score }: LogitTableProps): string {
  const { positions, logits } = score.read;
  const rows = positions.map((position, row) =>
    [
      position,
      prompt?.ids[position] ?? "",
      JSON.stringify(prompt?.tokens[position] ?? ""),
      ...(logits[row] ?? []),
    ].join("\t"),
  );
  return rows.join("\n");
}

function hazardText(token: TokenHazard | undefined): string {
  return token === undefined ? "–" : formatProbability(token.hazard);
}

/** A token hazard takes part of its logit from the token before: 1 row then stands before the step's own. */
function leadOf({ read: { positions, tokens } }: StepScore): 0 | 1 {
  return positions.length > 1 && positions[0] === tokens[0] - 1 ? 1 : 0;
}

export function LogitTable({ prompt, score }: LogitTableProps) {
  const [shown, setShown] = useState(FIRST_ROWS);
  const { positions, logits } = score.read;
  const width = logits[0]?.length ?? 0;
  const lead = leadOf(score);
  const hazards = lead === 1 ? score.hazards : undefined;
  return (
    <section aria-label="Logits" className="flex min-w-0 flex-col gap-1.5 pb-2">
      <div className="flex items-center justify-between gap-2">
        <h3 className="caption">Logits at the read positions</h3>
        <CopyButton label="Copy rows" text={() => toText({ prompt, score })} />
      </div>
      {lead === 1 && (
        <p className="text-2xs text-ink-3">
          hazard = σ(z0 of the row above + z1). The first row is the token before the step, which lends only
          its z0.
        </p>
      )}
      <ScrollBox label="Logits">
        <table className="w-full border-collapse font-mono text-2xs">
          <thead>
            <tr className="text-right text-ink-3 [&>th]:pr-2 [&>th]:pb-1 [&>th]:font-normal">
              <th scope="col">at</th>
              <th scope="col">id</th>
              <th scope="col" className="text-left">
                token
              </th>
              {Array.from({ length: width }, (_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its position
                <th key={column} scope="col">
                  z{column}
                </th>
              ))}
              {hazards && <th scope="col">hazard</th>}
            </tr>
          </thead>
          <tbody>
            {positions.slice(0, shown).map((position, row) => (
              <tr
                key={position}
                className={classNames(
                  "border-t border-line text-right [&>td]:py-0.5 [&>td]:pr-2",
                  row < lead && "text-ink-3",
                )}
              >
                <td className="text-ink-3">{position}</td>
                <td className="text-ink-3">{prompt?.ids[position] ?? "–"}</td>
                <td className="max-w-24 truncate text-left whitespace-pre">
                  {prompt?.tokens[position]?.replaceAll("\n", "↵") ?? "–"}
                </td>
                {logits[row]?.map((logit, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its position
                  <td key={column}>{logit.toFixed(2)}</td>
                ))}
                {hazards && <td>{row < lead ? "–" : hazardText(hazards[row - lead])}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {shown < positions.length && (
        <Button kind="link" className="self-start text-xs" onClick={() => setShown(shown + MORE_ROWS)}>
          Show {formatCount(Math.min(MORE_ROWS, positions.length - shown))} more
        </Button>
      )}
    </section>
  );
}
