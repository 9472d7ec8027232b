/** Keeps the keyboard where the person is working when the element that had the focus goes away. */
import { type RefObject, useLayoutEffect } from "react";

/** Whether the next key would go nowhere: nothing has the focus, or a control that was disabled under it. */
function isFocusLost(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || active.matches(":disabled");
}

/**
 * Takes a focus that is lost, when it appears and whenever `state` becomes another.
 * @param ref What takes it: can be focused, if only by a program (`tabIndex` -1).
 */
export function useLostFocus(ref: RefObject<HTMLElement | null>, state: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the state is what may have lost it
  useLayoutEffect(() => {
    if (isFocusLost()) {
      ref.current?.focus();
    }
  }, [ref, state]);
}

/**
 * Hands the focus on when an element goes away with the focus in it.
 * @param heirOf Called while the element is still in its place; must be the same function at every call.
 */
export function useFocusHeir(
  ref: RefObject<HTMLElement | null>,
  heirOf: (leaving: HTMLElement) => Element | null,
): void {
  useLayoutEffect(() => {
    const leaving = ref.current;
    return () => {
      if (leaving?.contains(document.activeElement)) {
        const heir = heirOf(leaving);
        // Once it is gone; what appeared in its place may have taken the focus already.
        queueMicrotask(() => {
          if (heir instanceof HTMLElement && isFocusLost()) {
            heir.focus();
          }
        });
      }
    };
  }, [ref, heirOf]);
}
