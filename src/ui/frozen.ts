import { createContext, useContext } from "react";

/** True in test mode: numbers that differ from run to run (times, speeds) are shown as a dash. */
export const FrozenContext = createContext(false);

export const FROZEN_MARK = "–";

export function useFrozen(): boolean {
  return useContext(FrozenContext);
}
