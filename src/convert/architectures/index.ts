import { AppError } from "../../core/errors.ts";
import { type Architecture, type DecoderPlan, parseDecoderConfig } from "./architecture.ts";
import { llama } from "./llama.ts";
import { mistral } from "./mistral.ts";
import { qwen2 } from "./qwen2.ts";

/** Every architecture the converter knows; one file each, one line here. */
const ARCHITECTURES = [qwen2, llama, mistral] as const satisfies readonly Architecture[];

/**
 * Reads a parsed config.json.
 * @throws AppError `malformed-file` | `unsupported-model`
 */
export function planDecoder(value: unknown): DecoderPlan {
  const config = parseDecoderConfig(value);
  const architecture: Architecture | undefined = ARCHITECTURES.find(({ id }) => id === config.model_type);
  if (architecture === undefined) {
    const known = ARCHITECTURES.map(({ id }) => id).join(", ");
    throw new AppError(
      "unsupported-model",
      `architecture "${config.model_type}" is not known; known are ${known}`,
    );
  }
  return architecture.plan(config);
}
