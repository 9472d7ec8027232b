/** What happens by itself when the page opens, after it has painted. */
import { engineStore, idle } from "../state/engine-status.ts";
import { isHubModel, modelChoiceStore } from "../state/model-choice.ts";
import type { ActionContext } from "./context.ts";
import { watchTokens } from "./count-tokens.ts";
import { followHash, loadGallery } from "./gallery.ts";
import { followOtherTabs } from "./list-models.ts";
import { requestLoad } from "./load-model.ts";

/** Not in TypeScript's DOM library: https://wicg.github.io/savedata/ */
interface SaveDataNavigator {
  readonly connection?: { readonly saveData?: boolean };
}

function savesData(): boolean {
  // The cast adds an optional member that only some browsers have.
  return (navigator as SaveDataNavigator).connection?.saveData === true;
}

export async function boot(ctx: ActionContext): Promise<void> {
  followOtherTabs(ctx);
  watchTokens(ctx);
  const model = modelChoiceStore.getState();
  engineStore.setState(idle(model.id), true);
  const gallery = loadGallery().then(followHash);
  const load = savesData() || isHubModel(model) ? undefined : requestLoad(ctx);
  await Promise.all([gallery, load]);
}
