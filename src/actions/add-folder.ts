import { libraryStore } from "../state/library.ts";
import { viewStore } from "../state/view-state.ts";
import type { ActionContext } from "./context.ts";
import { addModel } from "./library.ts";
import type { ReadFolder } from "./read-folder.ts";

/** Adds the model in a folder that was picked or dropped: converted already, or a checkpoint to convert. */
export async function addFolder(ctx: ActionContext, folder: ReadFolder): Promise<void> {
  viewStore.setState({ cover: "models" });
  await addModel(ctx, { from: "folder", ...folder, dtype: libraryStore.getState().dtype });
}
