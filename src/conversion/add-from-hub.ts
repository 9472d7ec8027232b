/**
 * A repository on the Hub to a model here: its files are brought into the workshop, pinned to one commit and
 * verified, and converted from there. Stopped at any moment, the same request goes on where it was.
 */
import type { CheckpointFiles } from "../convert/byte-source.ts";
import { openCheckpoint } from "../convert/checkpoint.ts";
import { TEXT_FILES } from "../convert/checkpoint-files.ts";
import { AppError } from "../core/errors.ts";
import { type ModelManifest, manifestSize } from "../core/manifest.ts";
import type { AddProgress, HubRequest } from "../core/model-library.ts";
import { refuseUnsupported } from "../core/protocols/unsupported.ts";
import type { CallContext } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import { describeRepository } from "../hub/describe-repository.ts";
import { downloadFiles } from "../hub/download-files.ts";
import type { HubOptions } from "../hub/hub-fetch.ts";
import { remoteSource } from "../hub/remote-source.ts";
import { type RemoteFile, type Repository, totalSize } from "../hub/repository.ts";
import { selectCheckpointFiles } from "../hub/select-checkpoint-files.ts";
import { type ConversionOptions, convertCheckpoint, convertExamined } from "./convert-checkpoint.ts";
import { copyModel, findManifest } from "./copy-model.ts";
import { type ExaminedCheckpoint, examineCheckpoint } from "./examine-checkpoint.ts";
import { findJob, JOB_NOTE } from "./job-note.ts";
import type { Workshop } from "./workshop.ts";

/** Files up to this are there at once, and may show that the rest is of no use. */
const SMALL: Bytes = 32 * 1024 * 1024;

export type AddContext = HubOptions &
  CallContext<AddProgress> & {
    /** Size of the largest file that is brought here without a look into it first. */
    readonly small?: Bytes;
  };

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
  const isText = ({ path }: RemoteFile) => TEXT_FILES.some((text) => text.path === path);
  const isEarly = (file: RemoteFile) => isText(file) || file.size <= (ctx.small ?? SMALL);
  const early = files.filter(isEarly);
  const large = files.filter((file) => !isEarly(file));
  const total = totalSize(files);
  const options: ConversionOptions = {
    name: id,
    dtype,
    ...(protocol === undefined ? {} : { protocol }),
    licence,
    source: { repository: id, revision },
  };
  await download(early, workshop, ctx, { before: 0, total });
  const examined = large.length === 0 ? undefined : await examineEarly(options, files, workshop, ctx);
  await download(large, workshop, ctx, { before: totalSize(early), total });
  const host = { ...workshop, files: workshop.source };
  if (examined === undefined) {
    return convertCheckpoint(options, host, ctx);
  }
  // What is converted is what was downloaded and verified.
  const checkpoint = await openCheckpoint(workshop.source, ctx.signal);
  const request = { ...examined.request, checkpoint };
  return convertExamined({ ...examined, request }, options, host, ctx);
}

/**
 * Examines a checkpoint whose large files are still on the Hub, so that whatever it is refused for is told before
 * gigabytes are downloaded. `undefined` when the Hub sends no parts of files: then it is examined afterwards.
 */
async function examineEarly(
  options: ConversionOptions,
  files: readonly RemoteFile[],
  { source }: Workshop,
  ctx: AddContext,
): Promise<ExaminedCheckpoint | undefined> {
  const remote = new Map(files.map((file) => [file.path, file]));
  const partlyHere: CheckpointFiles = {
    list: () => Promise.resolve([...remote.keys()]),
    open: async (path) => {
      const file = remote.get(path);
      return (await source.open(path)) ?? (file && remoteSource(file, ctx));
    },
  };
  try {
    return await examineCheckpoint(options, partlyHere, ctx.signal);
  } catch (thrown) {
    if (AppError.from(thrown).code === "download-failed") {
      return undefined;
    }
    throw thrown;
  }
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
