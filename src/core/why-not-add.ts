/** Why a repository on the Hub cannot be added on this device: one sentence, the same wherever it is named. */
import { DTYPES } from "./dtypes.ts";
import { KNOWN_MODELS, type KnownModel } from "./known-models.ts";
import { estimateModel, leastNeeds } from "./model-estimate.ts";
import type { HubRequest } from "./model-library.ts";
import { type DeviceFacts, type Preflight, preflight } from "./preflight.ts";
import type { Bytes } from "./units.ts";

function sentence(repository: string, verdict: Preflight | undefined): string | undefined {
  return verdict?.kind === "cannot" ? `${repository} ${verdict.reason}` : undefined;
}

/** Of a listed model. @param verdict Absent while the device is not known. */
export function whyNotKnown(model: KnownModel, verdict: Preflight | undefined): string | undefined {
  return sentence(model.repository, verdict) ?? (model.isIncomplete ? model.note : undefined);
}

/**
 * Of a repository by its name, from the list where it is listed, else from the size of its files.
 * @param download What is to be received, in bytes; absent before the Hub has said so.
 */
export function whyNotAdd(
  { repository, dtype: stored }: Pick<HubRequest, "repository" | "dtype">,
  device: DeviceFacts,
  download?: Bytes,
): string | undefined {
  const dtype = DTYPES.find(({ id }) => id === stored)?.id;
  if (dtype === undefined) {
    return undefined;
  }
  // The Hub does not tell names apart by their case.
  const known = KNOWN_MODELS.find((model) => model.repository.toLowerCase() === repository.toLowerCase());
  if (known !== undefined) {
    return whyNotKnown(known, preflight(estimateModel(known, dtype), dtype, device));
  }
  return download === undefined
    ? undefined
    : sentence(repository, preflight(leastNeeds(download, dtype), dtype, device));
}
