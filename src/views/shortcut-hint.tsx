import { COMMANDS } from "./commands/index.ts";
import { Combo } from "./commands/shortcut-overlay.tsx";

/** Wide enough for all of them, or none: half a row of keys says less than its heading. */
export function ShortcutHint() {
  return (
    <p className="hidden items-center gap-3 text-2xs text-ink-3 min-[100rem]:flex print:hidden">
      {COMMANDS.flatMap(({ id, keys: [combo], hint }) =>
        hint === undefined || combo === undefined
          ? []
          : [
              <span key={id} className="flex items-center gap-1">
                <Combo combo={combo} />
                {hint}
              </span>,
            ],
      )}
    </p>
  );
}
