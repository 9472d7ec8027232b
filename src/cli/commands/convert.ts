import { resolve } from "node:path";
import { type ArgsDef, defineCommand } from "citty";
import { SCHEMES } from "../../convert/quantize/index.ts";
import { AppError } from "../../core/errors.ts";
import { manifestSize } from "../../core/manifest.ts";
import { PROTOCOLS } from "../../core/protocols/index.ts";
import { convertFolder } from "../convert-folder.ts";
import { isOccupied } from "../folder-files.ts";
import { refuseUnknown, runCommand, say } from "../run-command.ts";

const ARGS = {
  folder: { type: "positional", description: "Checkpoint folder", required: true },
  out: { type: "positional", description: "New folder for the converted model", required: true },
  dtype: {
    type: "enum",
    description: "How weights are stored",
    options: SCHEMES.map(({ id }) => id),
    default: "q4",
  },
  protocol: {
    type: "enum",
    description: "The model's protocol, where its files do not tell",
    options: PROTOCOLS.map(({ id }) => id),
  },
  licence: { type: "string", description: "The weights' licence, for the manifest", default: "not stated" },
} as const satisfies ArgsDef;

export const convert = defineCommand({
  meta: {
    name: "convert",
    description:
      "Converts a process reward model's checkpoint folder (Hugging Face layout) to quantized ONNX.",
  },
  args: ARGS,
  run: ({ args }) =>
    runCommand(async (signal) => {
      refuseUnknown(args, ARGS);
      const out = resolve(args.out);
      if (await isOccupied(out)) {
        throw new AppError("bad-input", `${args.out} is not empty: the converter writes to a new folder`);
      }
      const started = performance.now();
      const { manifest, rewardError } = await convertFolder(
        {
          folder: resolve(args.folder),
          out,
          dtype: args.dtype,
          licence: args.licence,
          ...(args.protocol === undefined ? {} : { protocol: args.protocol }),
        },
        { signal, emit: ({ done, total }) => say(`layer ${done} of ${total}`) },
      );
      const seconds = (performance.now() - started) / 1000;
      const megabytes = manifestSize(manifest) / 1e6;
      say(`${manifest.protocol}, ${manifest.dtype}, ${megabytes.toFixed(1)} MB in ${seconds.toFixed(1)} s`);
      say(`largest change of a reward by ${manifest.dtype} on the canary: ${rewardError.toFixed(5)}`);
    }),
});
