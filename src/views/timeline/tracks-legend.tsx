import { goToWrong } from "../../actions/read-chain.ts";
import type { Wrongs } from "../../core/wrongs.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { CHECK_WORDS, CheckGlyph, type CheckStatus } from "../check-glyph.tsx";
import { READING_KEYS } from "../reading-keys.ts";
import { NOT_TAKEN_BACK, WRONG_WORDS, WrongGlyph, type WrongKind } from "../wrong-glyph.tsx";

const STATUSES: readonly CheckStatus[] = ["right", "wrong", "rounded", "partly", "unchecked"];
const KINDS: readonly WrongKind[] = ["drop", "no-return", "recovered"];

function countOf({ firstDrop, noReturn, recovered }: Wrongs, kind: WrongKind): number {
  switch (kind) {
    case "drop":
      return firstDrop === undefined ? 0 : 1;
    case "no-return":
      return noReturn === undefined ? 0 : 1;
    case "recovered":
      return recovered.length;
  }
}

/** The marks of the track of turns; each leads to its step. */
export function TurnsLegend({ wrongs }: { readonly wrongs: Wrongs }) {
  return KINDS.map((kind) => {
    const words = kind === "no-return" && wrongs.isFineAfter === true ? NOT_TAKEN_BACK : WRONG_WORDS[kind];
    return (
      <button
        key={kind}
        type="button"
        disabled={countOf(wrongs, kind) === 0}
        title={words.meaning}
        onClick={() => goToWrong(kind, "verdict")}
        className="inline-flex items-center gap-1.5 rounded enabled:text-ink-2 enabled:hover:text-ink disabled:opacity-55"
      >
        <WrongGlyph kind={kind} />
        {words.name}
        <span className="hidden min-[88rem]:inline">
          <Kbd>{READING_KEYS[kind]}</Kbd>
        </span>
      </button>
    );
  });
}

/** The marks of the track of sums. A low screen has more use for the steps: every mark is in words on its step, too. */
export function SumsLegend() {
  return (
    <p className="flex flex-wrap items-center justify-end gap-x-3 pt-0.5 text-2xs text-ink-3 [@media(height<800px)]:hidden">
      Sums, recomputed:
      {STATUSES.map((status) => (
        <span key={status} className="inline-flex items-center gap-1">
          <CheckGlyph status={status} />
          {CHECK_WORDS[status]}
        </span>
      ))}
      <span className="inline-flex items-center gap-1" title="The model's reward says otherwise">
        <svg aria-hidden="true" viewBox="-6 -6 12 12" className="size-3 shrink-0">
          <circle r={5} fill="none" stroke="var(--ink-2)" />
        </svg>
        model disagrees
      </span>
    </p>
  );
}
