import type { LibraryContents } from "../core/model-library.ts";
import { gpuFacts } from "../engine/web-devices.ts";

/** Not in TypeScript's libraries, and not in every browser: https://www.w3.org/TR/device-memory/ */
interface MemoryNavigator {
  /** GiB, rounded, and at most 8. */
  readonly deviceMemory?: number;
}

const GIB = 2 ** 30;

/** What there is to know of this device before a model is chosen. */
export async function deviceFacts(): Promise<Pick<LibraryContents, "device" | "used">> {
  const { quota, usage } = await navigator.storage.estimate();
  // The cast adds an optional member that only some browsers have.
  const { deviceMemory } = navigator as MemoryNavigator;
  return {
    device: {
      gpu: await gpuFacts(),
      memory: deviceMemory === undefined ? undefined : deviceMemory * GIB,
      storage: quota === undefined ? undefined : Math.max(quota - (usage ?? 0), 0),
    },
    used: usage,
  };
}
