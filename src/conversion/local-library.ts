/** The library that does the work, in a worker: makes and keeps models in the origin's private file system. */
import { downloadZip } from "client-zip";
import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import { MANIFEST_FILE } from "../core/manifest.ts";
import type {
  AddProgress,
  AddRequest,
  LibraryContents,
  ModelLibrary,
  StoredModel,
} from "../core/model-library.ts";
import type { CallContext } from "../core/scorer.ts";
import { findFile, openModelFolder, readStoredManifest } from "../engine/model-storage.ts";
import { webDevices } from "../engine/web-devices.ts";
import { addFromFolder } from "./add-from-folder.ts";
import { addFromHub } from "./add-from-hub.ts";
import { findManifest } from "./copy-model.ts";
import { deviceFacts } from "./device-facts.ts";
import { droppedFolder } from "./dropped-folder.ts";
import { isWorthKeeping } from "./keep-rule.ts";
import { opfsWorkshop } from "./opfs-workshop.ts";
import { keyOf, listContents, removeAbandoned, removeStored, toStoredModel } from "./stored-models.ts";

export class LocalLibrary implements ModelLibrary {
  async list(): Promise<LibraryContents> {
    const { abandoned, ...contents } = await listContents();
    // A dropped folder whose conversion was interrupted: what it was made from is gone.
    await Promise.allSettled(abandoned.map((key) => whileAlone(key, () => removeAbandoned(key))));
    return { ...contents, ...(await deviceFacts()) };
  }

  async add(request: AddRequest, ctx: CallContext<AddProgress>): Promise<StoredModel> {
    const key = await keyOfRequest(request);
    return whileAlone(key, async () => {
      // Points ONNX Runtime at its files, which the reference pass multiplies with.
      await webDevices("wasm");
      const folder = await openUnfinished(key);
      try {
        const workshop = opfsWorkshop(folder);
        const manifest =
          request.from === "hub"
            ? await addFromHub(request, workshop, { ...ctx, isOffline: () => !navigator.onLine })
            : await addFromFolder(request, droppedFolder(request), workshop, ctx);
        await workshop.tidy().catch(() => undefined);
        return toStoredModel(key, manifest);
      } catch (thrown) {
        // Dropped files are gone after a reload; of the Hub's, what is good is kept.
        if (request.from === "folder" || !isWorthKeeping(AppError.from(thrown))) {
          await removeStored(key).catch(() => undefined);
        }
        throw thrown;
      }
    });
  }

  remove({ key }: { readonly key: string }): Promise<void> {
    return whileAlone(key, () => removeStored(key));
  }

  exportZip({ key }: { readonly key: string }): Promise<Blob> {
    return whileAlone(key, () => zipOf(key));
  }
}

async function zipOf(key: string): Promise<Blob> {
  const folder = await openModelFolder(key, { create: false });
  const manifest = folder && (await readStoredManifest(folder));
  if (folder === undefined || manifest === undefined) {
    throw new AppError("bad-input", `${key} is not in this browser's storage`);
  }
  const entries = await Promise.all(
    [...manifest.files.map(({ path }) => path), MANIFEST_FILE].map(async (path) => ({
      name: `${key}/${path}`,
      input: assertDefined(await findFile(folder, path), path),
    })),
  );
  return downloadZip(entries).blob();
}

async function keyOfRequest(request: AddRequest): Promise<string> {
  if (request.from === "hub") {
    return keyOf(request.repository, request.dtype);
  }
  const converted = await findManifest(droppedFolder(request), request.name);
  return keyOf(converted?.id ?? request.name, converted?.dtype ?? request.dtype);
}

/** @throws AppError `bad-input` when the model is here already. */
async function openUnfinished(key: string): Promise<FileSystemDirectoryHandle> {
  const folder = assertDefined(await openModelFolder(key, { create: true }), "a folder that was made");
  if ((await findFile(folder, MANIFEST_FILE)) !== undefined) {
    throw new AppError("bad-input", `${key} is here already: delete it to add it again`);
  }
  return folder;
}

/** One user of a model's folder at a time, whichever tab it is in. @throws AppError `bad-input` when there is one. */
async function whileAlone<T>(key: string, work: () => Promise<T>): Promise<T> {
  const options = { ifAvailable: true };
  let result: Promise<T> | undefined;
  await navigator.locks.request(`stepscope-model-${key}`, options, async (lock) => {
    if (lock === null) {
      throw new AppError("bad-input", `${key} is being added, exported or deleted, here or in another tab`);
    }
    result = work();
    await result;
  });
  return assertDefined(result, "what was done while alone");
}
