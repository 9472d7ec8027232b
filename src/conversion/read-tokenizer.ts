import { PreTrainedTokenizer } from "@huggingface/transformers";
import type { CheckpointFiles } from "../convert/byte-source.ts";
import { malformed, quoteName } from "../convert/malformed.ts";
import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import { createPromptTokenizer, type LoadedTokenizer } from "../engine/tokenizer.ts";

/** @throws AppError `malformed-file` when the file is missing or is not a JSON object. */
export async function readJson(files: CheckpointFiles, path: string): Promise<Record<string, unknown>> {
  const source = await files.open(path);
  if (source === undefined) {
    throw new AppError("malformed-file", `${path} is missing`, { file: path });
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(await source.read(0, source.size)));
  } catch (cause) {
    throw new AppError("malformed-file", `${path} is not JSON`, { file: path }, cause);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError("malformed-file", `${path} is not a JSON object`, { file: path });
  }
  return value as Record<string, unknown>;
}

const TOKENIZER_FILE = "tokenizer.json";

/** The checkpoint's own tokenizer, with the chat template that newer checkpoints keep in a file of its own. */
export async function readTokenizer(files: CheckpointFiles): Promise<LoadedTokenizer> {
  const json = await readJson(files, TOKENIZER_FILE);
  const config = await readJson(files, "tokenizer_config.json");
  let tokenizer: PreTrainedTokenizer;
  try {
    tokenizer = new PreTrainedTokenizer(json, config);
  } catch (cause) {
    const why = quoteName(AppError.from(cause).message);
    throw malformed(TOKENIZER_FILE, `is no tokenizer that can be read (${why})`, cause);
  }
  const template = await files.open("chat_template.jinja");
  const text = template && new TextDecoder().decode(await template.read(0, template.size));
  return createPromptTokenizer(tokenizer, text);
}

/** Ids of an `lm-rows` head's candidates, in its order; none for other heads. */
export function candidateIds({ head }: Protocol, tokenizer: LoadedTokenizer): number[] {
  return head.kind === "lm-rows"
    ? head.candidates.map((text) => assertDefined(tokenizer.encodeText(text).at(-1), `token of ${text}`))
    : [];
}
