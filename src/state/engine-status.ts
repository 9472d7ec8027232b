/** What the engine is doing, as one union: a state that cannot be is a state that cannot be written. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { WireError } from "../core/errors.ts";
import type { DeviceInfo, LoadedModel, LoadProgress } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";

/** `checking` lasts until the first progress event; `verifying` from the last byte to the device. */
export type LoadPhase = "checking" | "download" | "verifying" | "compile" | "self-test" | "calibrate";

export type EngineStatus =
  | { readonly kind: "idle"; readonly modelId: string }
  | {
      readonly kind: "loading";
      readonly modelId: string;
      readonly phase: LoadPhase;
      readonly loaded: Bytes;
      readonly total: Bytes;
      /** Read from this browser's storage, not from the network. */
      readonly cached: boolean;
      readonly device: DeviceInfo | undefined;
    }
  | { readonly kind: "ready"; readonly modelId: string; readonly model: LoadedModel }
  | {
      readonly kind: "failed";
      readonly modelId: string;
      readonly error: WireError;
      /** Where loading was when it failed. */
      readonly at: LoadPhase;
    };

export function idle(modelId: string): EngineStatus {
  return { kind: "idle", modelId };
}

export function startLoading(state: EngineStatus, modelId: string = state.modelId): EngineStatus {
  return {
    kind: "loading",
    modelId,
    phase: "checking",
    loaded: 0,
    total: 0,
    cached: false,
    device: undefined,
  };
}

/** Applies one progress event; ignored unless loading. */
export function advanceLoading(state: EngineStatus, progress: LoadProgress): EngineStatus {
  if (state.kind !== "loading") {
    return state;
  }
  if (progress.phase === "calibrate") {
    return { ...state, phase: "calibrate" };
  }
  if (progress.phase !== "download") {
    return { ...state, phase: progress.phase, device: progress.device };
  }
  const { loaded, total, cached } = progress;
  return { ...state, phase: total > 0 && loaded >= total ? "verifying" : "download", loaded, total, cached };
}

export function finishLoading(state: EngineStatus, model: LoadedModel): EngineStatus {
  return { kind: "ready", modelId: state.modelId, model };
}

export function failLoading(state: EngineStatus, error: WireError): EngineStatus {
  return {
    kind: "failed",
    modelId: state.modelId,
    error,
    at: state.kind === "loading" ? state.phase : "checking",
  };
}

export const engineStore = createStore<EngineStatus>()(() => idle(""));

export function useEngine<T>(select: (state: EngineStatus) => T): T {
  return useStore(engineStore, select);
}
