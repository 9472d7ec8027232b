import { AppError } from "../core/errors.ts";
import { float32 } from "./float32.ts";
import { int8 } from "./int8.ts";
import type { KernelSet, KernelSetId } from "./kernel-set.ts";
import { ownRows } from "./own-rows.ts";
import { stored } from "./stored.ts";

/** Every set of kernels. */
export const KERNEL_SETS: readonly KernelSet[] = [ownRows, stored, float32, int8];

/** @throws AppError `bad-input` */
export function kernelSetById(id: KernelSetId): KernelSet {
  const set = KERNEL_SETS.find((known) => known.id === id);
  if (set === undefined) {
    throw new AppError("bad-input", `kernels "${id}" are not known`);
  }
  return set;
}
