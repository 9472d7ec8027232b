/**
 * A repository on the Hub to a model here: its files are brought into the workshop, pinned to one commit and
 * verified, and converted from there. Stopped at any moment, the same request goes on where it was.
 */
import { planDecoder } from "../convert/architectures/index.ts";
import { AppError } from "../core/errors.ts";
import { type ModelManifest, manifestSize } from "../core/manifest.ts";
import type { AddProgress, HubRequest } from "../core/model-library.ts";
import { refuseUnsupported } from "../core/protocols/unsupported.ts";
import type { CallContext } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import { describeRepository } from "../hub/describe-repository.ts";
import { downloadFiles } from "../hub/download-files.ts";
import type { HubOptions } from "../hub/hub-fetch.ts";
import { type RemoteFile, type Repository, totalSize } from "../hub/repository.ts";
import { selectCheckpointFiles } from "../hub/select-checkpoint-files.ts";
import { convertCheckpoint } from "./convert-checkpoint.ts";
import { copyModel, findManifest } from "./copy-model.ts";
import { findJob, JOB_NOTE } from "./job-note.ts";
import { readJson } from "./read-tokenizer.ts";
import type { Workshop } from "./workshop.ts";

/** Files up to this are there at once, and may show that the rest is of no use. */
const SMALL: Bytes = 32 * 1024 * 1024;

type AddContext = HubOptions & CallContext<AddProgress>;

/**
 * Leaves downloads and notes for the host to tidy away.
 * @throws AppError what describing, downloading and converting throw; `unsupported-model` for a repository that
 * is known and cannot be run, before anything is downloaded.
 */
export async function addFromHub(
  request: HubRequest,
  workshop: Workshop,
  context: AddContext,
): Promise<ModelManifest> {
  const ctx: AddContext = { ...context, onWait: (wait) => context.emit({ phase: "wait", ...wait }) };
  refuseUnsupported(request.repository);
  ctx.emit({ phase: "describe" });
  const job = await findJob(workshop.notes, request);
  if (job === undefined) {
    await workshop.tidy();
  }
  const revision = job?.revision ?? request.revision;
  const repository = await describeRepository(
    { id: request.repository, ...(revision === undefined ? {} : { revision }) },
    ctx,
  );
  const selection = await selectCheckpointFiles(repository, ctx);
  await workshop.notes.write(JOB_NOTE, {
    repository: request.repository,
    revision: repository.revision,
    // A request that names the commit itself goes on with what a branch began.
    asked: job?.asked ?? request.revision,
    dtype: request.dtype,
    protocol: request.protocol,
  });
  return selection.kind === "converted"
    ? takeConverted(repository, selection.manifest, workshop, ctx)
    : convertRepository(request, repository, selection.files, workshop, ctx);
}

async function convertRepository(
  { dtype, protocol }: HubRequest,
  { id, revision, licence }: Repository,
  files: readonly RemoteFile[],
  workshop: Workshop,
  ctx: AddContext,
): Promise<ModelManifest> {
  const small = files.filter(({ size }) => size <= SMALL);
  const large = files.filter(({ size }) => size > SMALL);
  const total = totalSize(files);
  await download(small, workshop, ctx, { before: 0, total });
  // What the config alone can show is shown before gigabytes are downloaded.
  planDecoder(await readJson(workshop.source, "config.json"));
  await download(large, workshop, ctx, { before: totalSize(small), total });
  return convertCheckpoint(
    {
      name: id,
      dtype,
      ...(protocol === undefined ? {} : { protocol }),
      licence,
      source: { repository: id, revision },
    },
    { files: workshop.source, ...workshop },
    ctx,
  );
}

/** Brings a converted model here as it is. */
async function takeConverted(
  repository: Repository,
  manifestFile: RemoteFile,
  workshop: Workshop,
  ctx: AddContext,
): Promise<ModelManifest> {
  await download([manifestFile], workshop, ctx, { before: 0, total: manifestFile.size });
  const manifest = await findManifest(workshop.source, repository.id);
  if (manifest === undefined) {
    throw new AppError("internal", `${manifestFile.path} was downloaded and is gone`);
  }
  await download(listedFiles(manifest, repository), workshop, ctx, {
    before: 0,
    total: manifestSize(manifest),
  });
  const own: ModelManifest = {
    ...manifest,
    source: manifest.source ?? { repository: repository.id, revision: repository.revision },
  };
  await copyModel(own, workshop.source, workshop.sink, {
    signal: ctx.signal,
    emit: ({ done, total }) => ctx.emit({ phase: "copy", done, total }),
  });
  return own;
}

/** @throws AppError `malformed-file` when the manifest names a file that the repository does not have. */
function listedFiles({ files }: ModelManifest, repository: Repository): readonly RemoteFile[] {
  const there = new Map(repository.files.map((file) => [file.path, file]));
  return files.map(({ path }) => {
    const file = there.get(path);
    if (file === undefined) {
      throw new AppError("malformed-file", `the manifest names ${path}, which is not in ${repository.id}`, {
        file: path,
      });
    }
    return file;
  });
}

function download(
  files: readonly RemoteFile[],
  { downloads }: Workshop,
  ctx: AddContext,
  { before, total }: { readonly before: Bytes; readonly total: Bytes },
): Promise<void> {
  return downloadFiles(files, downloads, {
    ...ctx,
    emit: ({ done }) => ctx.emit({ phase: "download", done: before + done, total }),
  });
}
