/** What happens by itself when the page opens, after it has painted. */
import { engineStore, idle } from "../state/engine-status.ts";
import { isHubModel, modelChoiceStore } from "../state/model-choice.ts";
import { viewStore } from "../state/view-state.ts";
import { holdPlace, readPlace, releasePlace } from "./address.ts";
import type { ActionContext } from "./context.ts";
import { watchTokens } from "./count-tokens.ts";
import { followHash, loadGallery } from "./gallery.ts";
import type { PageKeeper } from "./keep-page.ts";
import { followOtherTabs } from "./list-models.ts";
import { requestLoad } from "./load-model.ts";
import { selectVerdictStep } from "./navigate.ts";
import { openPage } from "./pages.ts";

/** Not in TypeScript's DOM library: https://wicg.github.io/savedata/ */
interface SaveDataNavigator {
  readonly connection?: { readonly saveData?: boolean };
}

const LONGEST_HOLD_MS = 3000;

function savesData(): boolean {
  // The cast adds an optional member that only some browsers have.
  return (navigator as SaveDataNavigator).connection?.saveData === true;
}

export async function boot(ctx: ActionContext, keeper: PageKeeper): Promise<void> {
  followOtherTabs(ctx);
  watchTokens(ctx);
  const model = modelChoiceStore.getState();
  engineStore.setState(idle(model.id), true);
  const { page } = readPlace();
  holdPlace();
  // The run first, so that the address's step is one of its steps.
  const gallery = Promise.all([loadGallery(), keeper.recallShown()]).then(() => followHash(ctx));
  const kept = Promise.all([gallery, keeper.recallRest()]).then(() => {
    selectVerdictStep();
    // What it shows may have been kept.
    if (page !== undefined && viewStore.getState().cover === undefined) {
      openPage(ctx, page);
    }
  });
  // Storage that never answers does not hold it for good.
  const wait = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_HOLD_MS));
  void Promise.race([kept, wait]).finally(releasePlace);
  const load = savesData() || isHubModel(model) ? undefined : requestLoad(ctx);
  await Promise.all([kept, load]);
}
