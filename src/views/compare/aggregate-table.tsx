import type { AggregatePair } from "../../state/comparison.ts";
import { formatDelta, formatScore } from "../../ui/format-number.ts";
import { ScrollBox } from "../../ui/scroll-box.tsx";
import { SHORT_NAMES } from "../aggregate-names.ts";

interface AggregateTableProps {
  readonly pairs: readonly AggregatePair[];
  /** Steps count from 0 here; -1 for none, undefined while nothing is scored. */
  readonly firstErrors: { readonly a: number | undefined; readonly b: number | undefined };
}

function scoreWords(value: number | undefined): string {
  return value === undefined ? "–" : formatScore(value, 2);
}

function errorWords(index: number | undefined): string {
  return index === undefined ? "–" : index < 0 ? "none" : String(index + 1);
}

/** Every trajectory score of A and of B, and by how much they differ. */
export function AggregateTable({ pairs, firstErrors }: AggregateTableProps) {
  return (
    <ScrollBox label="Trajectory scores of A and B">
      <table className="text-right text-xs">
        <caption className="sr-only">Trajectory scores of A and B</caption>
        <thead>
          <tr className="caption">
            <td />
            {pairs.map(({ id }) => (
              <th key={id} scope="col" className="pl-2.5 font-normal whitespace-nowrap sm:pl-5">
                {SHORT_NAMES[id]}
              </th>
            ))}
            <th scope="col" className="pl-2.5 font-normal whitespace-nowrap sm:pl-5">
              first bad
            </th>
          </tr>
        </thead>
        <tbody>
          {(["a", "b"] as const).map((side) => (
            <tr key={side}>
              <th scope="row" className="text-left font-medium text-ink-2">
                {side.toUpperCase()}
              </th>
              {pairs.map((pair) => (
                <td key={pair.id} className="pl-2.5 font-semibold sm:pl-5">
                  {scoreWords(pair[side])}
                </td>
              ))}
              <td className="pl-2.5 font-semibold sm:pl-5">{errorWords(firstErrors[side])}</td>
            </tr>
          ))}
          <tr className="text-ink-2">
            <th scope="row" className="text-left font-medium whitespace-nowrap">
              B − A
            </th>
            {pairs.map(({ id, a, b }) => (
              <td key={id} className="pl-2.5 sm:pl-5">
                {a === undefined || b === undefined ? "–" : formatDelta(b - a)}
              </td>
            ))}
            <td />
          </tr>
        </tbody>
      </table>
    </ScrollBox>
  );
}
