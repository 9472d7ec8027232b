import * as v from "valibot";
import { AppError } from "../../core/errors.ts";
import { refuseArchitectures } from "../../core/protocols/unsupported.ts";
import { quoteName } from "../malformed.ts";
import { type Architecture, type DecoderPlan, parseDecoderConfig } from "./architecture.ts";
import { llama } from "./llama.ts";
import { mistral } from "./mistral.ts";
import { qwen2 } from "./qwen2.ts";

/** Every architecture the converter knows; one file each, one line here. */
const ARCHITECTURES = [qwen2, llama, mistral] as const satisfies readonly Architecture[];

const NamedClasses = v.looseObject({ architectures: v.array(v.string()) });

/** A model that cannot run is told so before its config is found to lack what another kind of model has. */
function refuseKnown(value: unknown): void {
  const result = v.safeParse(NamedClasses, value);
  if (result.success) {
    refuseArchitectures(result.output.architectures);
  }
}

/**
 * Reads a parsed config.json.
 * @throws AppError `malformed-file` | `unsupported-model`
 */
export function planDecoder(value: unknown): DecoderPlan {
  refuseKnown(value);
  const config = parseDecoderConfig(value);
  const architecture: Architecture | undefined = ARCHITECTURES.find(({ id }) => id === config.model_type);
  if (architecture === undefined) {
    const known = ARCHITECTURES.map(({ id }) => id).join(", ");
    throw new AppError(
      "unsupported-model",
      `architecture "${quoteName(config.model_type)}" is not known; known are ${known}`,
    );
  }
  return architecture.plan(config);
}
