import { createContext, useContext } from "react";
import type { ActionContext } from "../actions/context.ts";
import { assertDefined } from "../core/assert.ts";

/** Hands the composition root's context to the containers that call actions. */
export const ActionContextProvider = createContext<ActionContext | undefined>(undefined);

export function useActionContext(): ActionContext {
  return assertDefined(useContext(ActionContextProvider), "action context");
}
