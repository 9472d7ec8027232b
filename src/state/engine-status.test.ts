import { describe, expect, it } from "vitest";
import type { DeviceInfo } from "../core/scorer.ts";
import { advanceLoading, failLoading, idle, startLoading } from "./engine-status.ts";

const device: DeviceInfo = { id: "wasm", label: "WASM", reason: "asked for" };
const download = (loaded: number, cached = false) =>
  ({ phase: "download", loaded, total: 100, cached }) as const;

describe("engine status", () => {
  it("goes from checking over bytes to verifying, compile and self-test", () => {
    const phases = [download(0), download(99), download(100), { phase: "compile", device } as const].map(
      (event) => advanceLoading(startLoading(idle("m")), event),
    );
    expect(startLoading(idle("m"))).toMatchObject({ kind: "loading", phase: "checking" });
    expect(phases.map((state) => state.kind === "loading" && state.phase)).toEqual([
      "download",
      "download",
      "verifying",
      "compile",
    ]);
  });

  it("keeps the bytes when a later phase begins", () => {
    const state = advanceLoading(advanceLoading(startLoading(idle("m")), download(100, true)), {
      phase: "compile",
      device,
    });
    expect(state).toMatchObject({ phase: "compile", loaded: 100, total: 100, cached: true, device });
  });

  it("ignores progress that arrives after a cancel", () => {
    const state = idle("m");
    expect(advanceLoading(state, download(10))).toBe(state);
  });

  it("remembers where loading failed", () => {
    const error = { code: "download-failed", message: "503", details: {} } as const;
    const state = failLoading(advanceLoading(startLoading(idle("m")), download(10)), error);
    expect(state).toEqual({ kind: "failed", modelId: "m", error, at: "download" });
  });
});
