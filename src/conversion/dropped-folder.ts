import { blobSource, type CheckpointFiles } from "../convert/byte-source.ts";
import type { FolderRequest } from "../core/model-library.ts";

/** The files dropped on the page as a checkpoint's. */
export function droppedFolder({ files }: Pick<FolderRequest, "files">): CheckpointFiles {
  const blobs = new Map(files.map(({ path, blob }) => [path, blob]));
  return {
    list: () => Promise.resolve([...blobs.keys()]),
    open: (path) => {
      const blob = blobs.get(path);
      return Promise.resolve(blob && blobSource(blob, path));
    },
  };
}
