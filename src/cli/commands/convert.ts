import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type ArgsDef, defineCommand } from "citty";
import { DTYPES } from "../../core/dtypes.ts";
import { AppError } from "../../core/errors.ts";
import { conversionError, manifestSize, NOT_STATED } from "../../core/manifest.ts";
import { PROTOCOLS } from "../../core/protocols/index.ts";
import { parseRepositoryAddress, type RepositoryAddress } from "../../core/repository-address.ts";
import { convertFolder, convertRepository } from "../convert-folder.ts";
import { isTaken } from "../folder-workshop.ts";
import { createProgressLine } from "../progress-line.ts";
import { runCommand, say } from "../run-command.ts";

const ARGS = {
  source: {
    type: "positional",
    description: "Checkpoint folder, or a repository on the Hub: owner/name, or the address of its page",
    required: true,
  },
  out: { type: "positional", description: "New folder for the converted model", required: true },
  dtype: {
    type: "enum",
    description: "How weights are stored",
    options: DTYPES.map(({ id }) => id),
    default: DTYPES[0].id,
  },
  protocol: {
    type: "enum",
    description: "The model's protocol, where its files do not tell",
    options: PROTOCOLS.map(({ id }) => id),
  },
  revision: { type: "string", description: "Branch, tag or commit on the Hub; default: the newest commit" },
  licence: { type: "string", description: "A folder's licence, for the manifest", default: NOT_STATED },
} as const satisfies ArgsDef;

export const convert = defineCommand({
  meta: {
    name: "convert",
    description:
      "Converts a process reward model (Hugging Face layout) to quantized ONNX. Run again after a stop, it goes on.",
  },
  args: ARGS,
  run: ({ args }) =>
    runCommand(args, ARGS, async (signal) => {
      const out = resolve(args.out);
      if (await isTaken(out)) {
        throw new AppError("bad-input", `${args.out} is not empty: the converter writes to a new folder`);
      }
      const { dtype, protocol, source, revision, licence } = args;
      const options = { out, dtype, ...(protocol === undefined ? {} : { protocol }) };
      const ctx = { signal, emit: createProgressLine() };
      const started = performance.now();
      const manifest = (await isFolder(source))
        ? await convertFolder({ ...options, folder: resolve(source), licence }, ctx)
        : await convertRepository(
            { ...options, ...readSource(source, revision) },
            { ...ctx, ...hubAccess() },
          );
      const seconds = (performance.now() - started) / 1000;
      const megabytes = manifestSize(manifest) / 1e6;
      say(`${manifest.protocol}, ${manifest.dtype}, ${megabytes.toFixed(1)} MB in ${seconds.toFixed(1)} s`);
      const ways = Object.entries(manifest.quantization ?? {}).map(([way, count]) => `${count} ${way}`);
      if (ways.length > 0) {
        say(`matrices: ${ways.join(", ")}`);
      }
      say(`licence: ${manifest.licence}`);
      const rewardError = conversionError(manifest);
      if (rewardError !== undefined) {
        say(`largest change of a reward by ${manifest.dtype} on the canary: ${rewardError.toFixed(5)}`);
      }
    }),
});

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

/** No repository's name is written so. */
const FOLDER_PATH = /^[./~]|\\/;

/** @throws AppError `bad-input` */
function readSource(source: string, revision: string | undefined): RepositoryAddress {
  if (FOLDER_PATH.test(source)) {
    throw new AppError("bad-input", `${source} is not a folder that is here`);
  }
  const address = parseRepositoryAddress(source);
  return revision === undefined ? address : { ...address, revision };
}

/** The token is read here, handed to requests to the Hub, and kept nowhere. */
function hubAccess(): { readonly token?: string; readonly hubUrl?: string } {
  const { HF_TOKEN: token, HF_ENDPOINT: hubUrl } = process.env;
  return { ...(token ? { token } : {}), ...(hubUrl ? { hubUrl } : {}) };
}
