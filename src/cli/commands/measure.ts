import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { type ArgsDef, defineCommand } from "citty";
import { readTokenizer } from "../../conversion/read-tokenizer.ts";
import { parseManifest } from "../../core/manifest.ts";
import { openFolder } from "../folder-files.ts";
import { answerOf } from "../measure-apart.ts";
import { measureHere } from "../measure-folder.ts";
import { runCommand } from "../run-command.ts";

const ARGS = {
  folder: { type: "positional", description: "Folder that a conversion has written", required: true },
} as const satisfies ArgsDef;

/** What `convert` runs in a process of its own; not for people. */
export const measure = defineCommand({
  meta: {
    name: "measure",
    description: "Scores the canary with a folder whose manifest comes on standard input.",
    hidden: true,
  },
  args: ARGS,
  run: ({ args }) =>
    runCommand(args, ARGS, async (signal) => {
      const folder = resolve(args.folder);
      process.stdout.write(await answerOf(() => scoreFolder(folder, signal)));
    }),
});

/** The canary's rewards by the model in a folder. */
async function scoreFolder(folder: string, signal: AbortSignal): Promise<readonly number[]> {
  const draft = parseManifest(JSON.parse(await text(process.stdin)), folder);
  const files = await openFolder(folder);
  try {
    const tokenizer = await readTokenizer(files);
    return await measureHere(folder, draft, tokenizer, { signal, emit: () => undefined });
  } finally {
    await files.close();
  }
}
