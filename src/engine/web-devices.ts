/// <reference path="./url-import.d.ts" />
/**
 * Devices in a browser. The app requests its own GPUDevice: it then sees the device being lost, gets the
 * adapter's real limits, and decides about `subgroups` (below).
 */
import { env } from "@huggingface/transformers";
import mjsUrl from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import { hasFloat16 } from "../core/dtypes.ts";
import { AppError } from "../core/errors.ts";
import { manifestSize } from "../core/manifest.ts";
import { type DeviceFacts, WASM_MEMORY } from "../core/preflight.ts";
import type { DeviceId } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import type { DeviceCandidate, OpenDevice } from "./host.ts";
import { gpuBuffers } from "./key-value/gpu-buffers.ts";
import { WASM_WAYS, type WasmWay } from "./wasm-ways.ts";

/**
 * ONNX Runtime's flash-attention shader computes wrong numbers on adapters with smaller subgroups
 * (measured with subgroups of 4: finite values, logits off by 3). There the feature is not requested.
 */
const SMALLEST_SAFE_SUBGROUP = 16;

/** More threads than this gain nothing for matrix products of this size. */
const MAX_THREADS = 8;

const RAISED_LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
  "maxComputeWorkgroupsPerDimension",
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** A page cannot ask how much memory a GPU has; most that run a language model can spare this for its caches. */
const GPU_BUDGET: Bytes = 2e9;

/** Longest array of a browser. */
const LARGEST_ARRAY: Bytes = 2e9;

/** The page's own, the input's copy, and past and new rows put together, once for each layout. */
const WASM_COPIES = 4;

const NEVER_LOST = new Promise<string>(() => undefined);

/** Points ONNX Runtime at the wasm files the app ships, never at a CDN. */
function configureWasm(): { readonly threads: number } {
  const { wasm } = env.backends.onnx;
  if (wasm === undefined) {
    throw new AppError("internal", "ONNX Runtime has no WebAssembly backend here");
  }
  // Absolute: inside the worker a relative path would be resolved against the worker's own folder.
  wasm.wasmPaths = {
    mjs: new URL(mjsUrl, self.location.href).href,
    wasm: new URL(wasmUrl, self.location.href).href,
  };
  env.useWasmCache = false;
  const threads = self.crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, MAX_THREADS) : 1;
  wasm.numThreads = threads;
  return { threads };
}

/** @param subgroups Whether to request the `subgroups` feature. */
async function openGpu({ subgroups, inPlace }: GpuOptions): Promise<OpenDevice> {
  // An adapter gives one device only, so each attempt asks for its own.
  const adapter = await findAdapter();
  if (typeof adapter === "string") {
    throw new AppError("webgpu-unavailable", adapter);
  }
  const features: GPUFeatureName[] = ["shader-f16", ...(subgroups ? (["subgroups"] as const) : [])];
  const { limits } = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
    // The defaults (128 MiB a binding) are far below what real GPUs offer.
    requiredLimits: Object.fromEntries(RAISED_LIMITS.map((name) => [name, limits[name]])),
  });
  return {
    sessionOptions: { executionProviders: [{ name: "webgpu", device }] },
    memory: {
      budget: GPU_BUDGET,
      largestBuffer: Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize),
      copiesInPass: inPlace ? 1 : 2,
      holdsWeights: false,
    },
    ...(inPlace ? { allocateBuffer: gpuBuffers(device) } : {}),
    lost: whenUnusable(device),
    release: () => device.destroy(),
  };
}

/** A buffer that could not be made is only logged, and what is computed with it is finite and wrong. */
function whenUnusable(device: GPUDevice): Promise<string> {
  const failed = new Promise<string>((resolve) => {
    device.addEventListener("uncapturederror", ({ error }) => resolve(error.message), { once: true });
  });
  return Promise.race([device.lost.then((info) => info.message || info.reason), failed]);
}

function adapterName({ info }: GPUAdapter): string {
  return info.description || [info.vendor, info.architecture].filter(Boolean).join(" ") || "unnamed adapter";
}

function isSoftware({ info }: GPUAdapter): boolean {
  return (
    info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe/i.test(`${info.architecture} ${info.description}`)
  );
}

/** The adapter, or one sentence on why there is none. */
async function findAdapter(): Promise<GPUAdapter | string> {
  if (!("gpu" in navigator)) {
    return "this browser has no WebGPU";
  }
  try {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
    return adapter ?? "WebGPU found no graphics adapter";
  } catch (thrown) {
    return `WebGPU failed: ${AppError.from(thrown).message}`;
  }
}

/** The limits of the graphics device that would be used; `undefined` when none is worth using. */
export async function gpuFacts(): Promise<DeviceFacts["gpu"]> {
  const adapter = await findAdapter();
  if (typeof adapter === "string" || isSoftware(adapter)) {
    return undefined;
  }
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  return { maxBufferSize, maxStorageBufferBindingSize, hasFloat16: adapter.features.has("shader-f16") };
}

interface GpuOptions {
  readonly subgroups: boolean;
  /** Whether the key-value cache is written where it lies. */
  readonly inPlace: boolean;
}

function wasmCandidates(reason: string, threads: number): DeviceCandidate[] {
  return WASM_WAYS.map((way) => wasmCandidate(reason, threads, way));
}

function wasmCandidate(reason: string, threads: number, { way, kernels, largest }: WasmWay): DeviceCandidate {
  const isolation = self.crossOriginIsolated
    ? ""
    : "; one thread, because the page is not cross-origin isolated";
  return {
    info: {
      id: "wasm",
      label: `WASM, ${threads} ${threads === 1 ? "thread" : "threads"}`,
      reason: `${reason}${isolation}`,
    },
    way,
    ...(kernels === undefined ? {} : { kernels }),
    objection: (manifest) =>
      largest !== undefined && manifestSize(manifest) > largest
        ? `${way.label} of this model do not fit the memory of WebAssembly`
        : undefined,
    open: () =>
      Promise.resolve({
        sessionOptions: { executionProviders: ["wasm"] },
        memory: {
          budget: WASM_MEMORY,
          largestBuffer: LARGEST_ARRAY,
          copiesInPass: WASM_COPIES,
          holdsWeights: true,
        },
        lost: NEVER_LOST,
        release: () => undefined,
      }),
  };
}

function gpuCandidates(adapter: GPUAdapter, reason: string): DeviceCandidate[] {
  const info = { id: "webgpu", label: `WebGPU, ${adapterName(adapter)}`, reason } as const;
  const withSubgroups = (adapter.info.subgroupMinSize ?? 0) >= SMALLEST_SAFE_SUBGROUP;
  const ways: GpuOptions[] = [
    ...(withSubgroups ? [{ subgroups: true, inPlace: true }] : []),
    { subgroups: false, inPlace: true },
    { subgroups: false, inPlace: false },
  ];
  return ways.map((way) => ({
    info,
    way: { id: "webgpu", label: "WebGPU", isExact: true },
    objection: ({ dtype }) =>
      hasFloat16(dtype) && !adapter.features.has("shader-f16")
        ? `this GPU has no 16-bit floats, which ${dtype} needs`
        : undefined,
    open: () => openGpu(way),
  }));
}

/** WebGPU first (on a device of our own), then WASM; each with the reason it is tried. */
export async function webDevices(forced: DeviceId | undefined): Promise<readonly DeviceCandidate[]> {
  const { threads } = configureWasm();
  if (forced === "wasm") {
    return wasmCandidates("chosen by ?device=wasm", threads);
  }
  const adapter = await findAdapter();
  if (typeof adapter === "string") {
    if (forced === "webgpu") {
      throw new AppError("webgpu-unavailable", `WebGPU was asked for, but ${adapter}`);
    }
    return wasmCandidates(adapter, threads);
  }
  if (forced === "webgpu") {
    return gpuCandidates(adapter, "chosen by ?device=webgpu");
  }
  if (isSoftware(adapter)) {
    return wasmCandidates("WebGPU is emulated in software here, which is slower than WASM", threads);
  }
  return [
    ...gpuCandidates(adapter, "the fastest device here"),
    ...wasmCandidates("WebGPU did not pass its self-test", threads),
  ];
}
