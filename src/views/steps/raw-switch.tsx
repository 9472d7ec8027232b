import { useMemo } from "react";
import { toggleRaw } from "../../actions/read-chain.ts";
import { hasMarkup, splitMarkup } from "../../core/markup.ts";
import type { Step } from "../../core/trace.ts";
import { useView } from "../../state/view-state.ts";
import { Switch } from "../../ui/switch.tsx";
import { READING_KEYS } from "../reading-keys.ts";

/** Between typeset and written text; absent where nothing is typeset. */
export function RawSwitch({ steps }: { readonly steps: readonly Step[] }) {
  const showsRaw = useView((state) => state.showsRaw);
  const isMarked = useMemo(() => steps.some(({ text }) => hasMarkup(splitMarkup(text))), [steps]);
  return isMarked ? (
    <Switch
      label="Raw text"
      title={`Shows mathematics and code as they are written, with each token's heat (${READING_KEYS.raw})`}
      checked={showsRaw}
      onChange={toggleRaw}
    />
  ) : null;
}
