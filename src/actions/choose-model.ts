/** Which model the page works with, and what it remembers of that choice. */
import type { ModelRef } from "../core/scorer.ts";
import { engineStore, idle } from "../state/engine-status.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
import type { ActionContext } from "./context.ts";
import { requestLoad } from "./load-model.ts";
import { stopScoring } from "./score.ts";

/** Where the choice outlives a reload. Only models that are kept here are remembered: no visit may download by itself. */
const STORAGE_KEY = "stepscope-model";

/** The stored model chosen last, if the browser remembers. */
export function recallModel(): ModelRef | undefined {
  try {
    const [stored, id] = (localStorage.getItem(STORAGE_KEY) ?? "").split("\n");
    return stored && id ? { id, stored } : undefined;
  } catch {
    return undefined;
  }
}

function remember({ id, stored }: ModelRef): void {
  try {
    if (stored === undefined) {
      localStorage.removeItem(STORAGE_KEY);
    } else {
      localStorage.setItem(STORAGE_KEY, `${stored}\n${id}`);
    }
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

/** Makes a model the page's own and loads it. */
export function chooseModel(ctx: ActionContext, model: ModelRef): void {
  stopScoring();
  modelChoiceStore.setState(model, true);
  engineStore.setState(idle(model.id), true);
  remember(model);
  void requestLoad(ctx);
}

export function chooseEmbedded(ctx: ActionContext): void {
  chooseModel(ctx, ctx.embedded);
}
