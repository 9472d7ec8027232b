import { useEffect } from "react";
import type { ActionContext } from "../actions/context.ts";
import { viewStore } from "../state/view-state.ts";
import { matchesCombo } from "../ui/key-combo.ts";
import { COMMANDS } from "./commands/index.ts";

/** Inputs that letters are typed into; a slider or a switch does not count. */
const TYPED = "textarea, select, [contenteditable], input:not([type=range], [type=checkbox])";

/** What Space presses: there it is no command. */
const PRESSED = "button, a, summary, input, [role=button], [role=slider], [role=switch]";

function isInside(event: KeyboardEvent, selector: string): boolean {
  return event.target instanceof Element && event.target.closest(selector) !== null;
}

/** Binds the keys of all commands, once for the page. An overlay has the keyboard for itself. */
export function useShortcuts(ctx: ActionContext): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (viewStore.getState().overlay !== undefined || event.defaultPrevented) {
        return;
      }
      const command = COMMANDS.find(({ keys }) => keys.some((combo) => matchesCombo(combo, event)));
      const isTaken =
        command?.worksInFields !== true &&
        (isInside(event, TYPED) || (event.key === " " && isInside(event, PRESSED)));
      if (command === undefined || isTaken) {
        return;
      }
      const isPossible = command.isPossible?.() !== false;
      if (!isPossible && command.sharesKeys === true) {
        return;
      }
      event.preventDefault();
      if (isPossible) {
        command.run(ctx);
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [ctx]);
}
