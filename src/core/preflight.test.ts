import fc from "fast-check";
import { expect, it } from "vitest";
import { DTYPES } from "./dtypes.ts";
import { KNOWN_MODELS } from "./known-models.ts";
import { estimateModel } from "./model-estimate.ts";
import { type DeviceFacts, preflight } from "./preflight.ts";

const DESKTOP: DeviceFacts = {
  gpu: { maxBufferSize: 4e9, maxStorageBufferBindingSize: 2e9, hasFloat16: true },
  memory: 8e9,
  storage: 200e9,
};

function judge(repository: string, dtype: (typeof DTYPES)[number]["id"], facts: Partial<DeviceFacts>) {
  const model = KNOWN_MODELS.find((known) => known.repository === repository);
  if (model === undefined) {
    throw new Error(repository);
  }
  return preflight(estimateModel(model, dtype), dtype, { ...DESKTOP, ...facts });
}

const SMALL = "Gen-Verse/ReasonFlux-PRM-1.5B";
const LARGE = "Gen-Verse/ReasonFlux-PRM-7B";

it.each([
  [SMALL, "q4", {}, "runs", "runs on WebGPU"],
  [SMALL, "q4", { gpu: undefined }, "slow", "no WebGPU here, so it runs on the processor"],
  [
    LARGE,
    "q4",
    { gpu: undefined },
    "cannot",
    /^no WebGPU here, and on the processor a page can use 3\.6 GB of the [4-7]\.\d GB it needs$/,
  ],
  [
    LARGE,
    "q4",
    { storage: 12e9 },
    "cannot",
    /^needs (19|20)\.\d GB of storage while it is converted, and the browser has 12\.0 GB/,
  ],
  [LARGE, "q4", { memory: 4e9 }, "cannot", /^needs [4-7]\.\d GB of memory, and this machine has 4\.0 GB$/],
  [SMALL, "q4f16", { gpu: { ...DESKTOP.gpu, hasFloat16: false } }, "slow", /^this GPU has no 16-bit floats/],
  [
    SMALL,
    "q4",
    { gpu: { ...DESKTOP.gpu, maxStorageBufferBindingSize: 134_217_728 } },
    "slow",
    /^its largest tensor has 0\.2 GB and this GPU’s buffers end at 0\.1 GB/,
  ],
  [SMALL, "q4", { memory: undefined, storage: undefined }, "runs", "runs on WebGPU"],
] as const)("%s in %s with %j", (repository, dtype, facts, kind, reason) => {
  const verdict = judge(repository, dtype, facts as Partial<DeviceFacts>);
  expect(verdict.kind).toBe(kind);
  expect(verdict.reason).toMatch(reason);
});

it("never judges a better device worse", () => {
  const rank = { cannot: 0, slow: 1, runs: 2 };
  const size = fc.double({ min: 1e8, max: 1e11, noNaN: true });
  const facts = fc.record({
    gpu: fc.option(
      fc.record({ maxBufferSize: size, maxStorageBufferBindingSize: size, hasFloat16: fc.boolean() }),
      { nil: undefined },
    ),
    memory: fc.option(size, { nil: undefined }),
    storage: fc.option(size, { nil: undefined }),
  });
  fc.assert(
    fc.property(
      facts,
      fc.constantFrom(...KNOWN_MODELS),
      fc.constantFrom(...DTYPES),
      (device, model, { id }) => {
        const estimate = estimateModel(model, id);
        const better: DeviceFacts = {
          gpu: device.gpu && {
            maxBufferSize: device.gpu.maxBufferSize * 2,
            maxStorageBufferBindingSize: device.gpu.maxStorageBufferBindingSize * 2,
            hasFloat16: true,
          },
          memory: device.memory && device.memory * 2,
          storage: device.storage && device.storage * 2,
        };
        expect(rank[preflight(estimate, id, better).kind]).toBeGreaterThanOrEqual(
          rank[preflight(estimate, id, device).kind],
        );
      },
    ),
  );
});
