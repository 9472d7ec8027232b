/** The library that does the work, in a worker: makes models in the origin's private file system. */
import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import { MANIFEST_FILE } from "../core/manifest.ts";
import type {
  AddedModel,
  AddProgress,
  AddRequest,
  FolderRequest,
  LibraryContents,
  ModelLibrary,
} from "../core/model-library.ts";
import type { CallContext } from "../core/scorer.ts";
import { findFile, openModelFolder } from "../engine/model-storage.ts";
import { webDevices } from "../engine/web-devices.ts";
import { convertCheckpoint } from "./convert-checkpoint.ts";
import { copyModel, findManifest } from "./copy-model.ts";
import { droppedFolder } from "./dropped-folder.ts";
import { opfsSink } from "./opfs-sink.ts";
import { keyOf, listStoredModels, removeStored, toStoredModel } from "./stored-models.ts";
import { openInBrowser } from "./written-in-browser.ts";

export class LocalLibrary implements ModelLibrary {
  async list(): Promise<LibraryContents> {
    return { models: await listStoredModels(), unfinished: [] };
  }

  add(request: AddRequest, ctx: CallContext<AddProgress>): Promise<AddedModel> {
    switch (request.from) {
      case "folder":
        return this.#addFolder(request, ctx);
      case "hub":
        throw new Error("not yet");
    }
  }

  remove({ key }: { readonly key: string }): Promise<void> {
    return removeStored(key);
  }

  async exportZip(): Promise<Blob> {
    throw new Error("not yet");
  }

  /** @throws AppError `bad-input` when the model is here already. */
  async #openNew(key: string): Promise<FileSystemDirectoryHandle> {
    const folder = assertDefined(await openModelFolder(key, { create: true }), "a folder that was made");
    if ((await findFile(folder, MANIFEST_FILE)) !== undefined) {
      throw new AppError("bad-input", `${key} is here already: delete it to add it again`);
    }
    return folder;
  }

  async #addFolder(request: FolderRequest, ctx: CallContext<AddProgress>): Promise<AddedModel> {
    const files = droppedFolder(request);
    const converted = await findManifest(files, request.name);
    const key = keyOf(converted?.id ?? request.name, converted?.dtype ?? request.dtype);
    const folder = await this.#openNew(key);
    try {
      if (converted !== undefined) {
        await copyModel(converted, files, opfsSink(folder), {
          signal: ctx.signal,
          emit: ({ done, total }) => ctx.emit({ phase: "copy", done, total }),
        });
        return { model: toStoredModel(key, converted) };
      }
      // Points ONNX Runtime at its files, which the reference pass multiplies with.
      await webDevices("wasm");
      const { manifest, rewardError } = await convertCheckpoint(
        { ...request, licence: "not stated" },
        {
          files,
          sink: opfsSink(folder),
          openWritten: async (written) => {
            const model = await openInBrowser(folder, written);
            ctx.emit({ phase: "measure", device: model.candidate.info });
            return model;
          },
        },
        { signal: ctx.signal, emit: ({ done, total }) => ctx.emit({ phase: "convert", done, total }) },
      );
      return { model: toStoredModel(key, manifest), rewardError };
    } catch (thrown) {
      await removeStored(key).catch(() => undefined);
      throw thrown;
    }
  }
}
