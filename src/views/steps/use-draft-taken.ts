import { useEffect } from "react";
import { takeDraft } from "../../actions/edit-steps.ts";
import { useActionContext } from "../action-context.ts";

/** A list of commands lies over the steps only for a while. */
const STAYS = 'section[aria-label="Steps"], dialog';

/** Whoever goes on elsewhere on the page (Score, the fields, Undo) has not asked to lose what is typed into a step. */
export function useDraftTaken(): void {
  const ctx = useActionContext();
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element && target.closest(STAYS) === null) {
        takeDraft(ctx);
      }
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [ctx]);
}
