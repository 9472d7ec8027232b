/**
 * Adds a repository unless this device cannot hold or run what it holds: a listed one is refused before the Hub is
 * asked for anything, any other as soon as the size of its files is known.
 */
import { AppError, throwIfAborted } from "../core/errors.ts";
import type {
  AddProgress,
  HubRequest,
  LibraryContents,
  StoredModel,
  UnfinishedModel,
} from "../core/model-library.ts";
import type { CallContext } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import { whyNotAdd } from "../core/why-not-add.ts";
import { libraryStore } from "../state/library.ts";
import type { ActionContext } from "./context.ts";
import { listModels } from "./list-models.ts";
import { quietly } from "./quietly.ts";

/** What is here of the same request. */
function findBegun(
  contents: LibraryContents | undefined,
  { repository, dtype }: HubRequest,
): UnfinishedModel | undefined {
  return contents?.unfinished.find(
    ({ request }) => request.repository === repository && request.dtype === dtype,
  );
}

/** @throws AppError `unsupported-model` with the reason when it is beyond this device; what the library throws. */
export async function addWithinDevice(
  ctx: ActionContext,
  request: HubRequest,
  { signal, emit }: CallContext<AddProgress>,
): Promise<StoredModel> {
  // As the device is now: storage may have been freed since the page was opened.
  await listModels(ctx);
  throwIfAborted(signal);
  const { contents } = libraryStore.getState();
  const begun = findBegun(contents, request);
  const refuse = (download?: Bytes): AppError | undefined => {
    const why = contents && whyNotAdd(request, withRoomOf(begun, contents), download);
    return why === undefined ? undefined : new AppError("unsupported-model", why);
  };
  const refusal = refuse();
  if (refusal !== undefined) {
    throw refusal;
  }
  let tooLarge: AppError | undefined;
  const stop = new AbortController();
  try {
    return await ctx.library.add(request, {
      signal: AbortSignal.any([signal, stop.signal]),
      emit: (progress) => {
        emit(progress);
        if (progress.phase === "download" && tooLarge === undefined) {
          tooLarge = refuse(progress.total);
          if (tooLarge !== undefined) {
            stop.abort();
          }
        }
      },
    });
  } catch (thrown) {
    if (tooLarge === undefined || signal.aborted) {
      throw thrown;
    }
    if (begun === undefined) {
      await discard(ctx, request);
    }
    throw tooLarge;
  }
}

/** What is kept of an unfinished model is used when it goes on, and needs no storage twice. */
function withRoomOf(
  begun: UnfinishedModel | undefined,
  { device }: LibraryContents,
): LibraryContents["device"] {
  return device.storage === undefined ? device : { ...device, storage: device.storage + (begun?.kept ?? 0) };
}

/** Deletes the small files that came before the refusal. */
async function discard(ctx: ActionContext, request: HubRequest): Promise<void> {
  await listModels(ctx);
  const left = findBegun(libraryStore.getState().contents, request);
  if (left !== undefined) {
    // What cannot be deleted is in the list, to be deleted there.
    await ctx.library.remove({ key: left.key }, quietly()).catch(() => undefined);
  }
}
