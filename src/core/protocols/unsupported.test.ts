import { describe, expect, it } from "vitest";
import type { ModelManifest } from "../manifest.ts";
import { protocolById, protocolOf } from "./index.ts";
import { refuseUnsupported } from "./unsupported.ts";

describe("refuseUnsupported", () => {
  it.each([
    ["PRIME-RL/EurusPRM-Stage1", "EurusPRM is not supported: its rewards are differences"],
    ["PRIME-RL/EurusPRM-Stage2", "EurusPRM"],
    ["Windy0822/ImplicitPRM_DPO", "ImplicitPRM"],
    ["GenPRM/GenPRM-1.5B", "GenPRM is not supported: it writes a critique of every step"],
    ["models--GenPRM--GenPRM-7B", "GenPRM"],
    ["launch/ThinkPRM-1.5B", "ThinkPRM"],
    ["kevinpro/R-PRM-7B-DPO", "R-PRM"],
    ["declare-lab/PathFinder-PRM-7B", "PathFinder-PRM is not supported: it needs forward passes of its own"],
    ["infly/Universal-PRM-7B", "Universal-PRM"],
    ["ActPRM/ActPRM-X", "ActPRM is not supported: its reward is the mean of an ensemble of heads"],
    ["sail/ActPRM", "ActPRM"],
    ["Windy0822/PQM-zeta-4", "PQM is not supported: its numbers rank steps and have no range"],
    ["someone/Llama3.1-Math-PRM", "ER-PRM is not supported: how its prompt is put together is not published"],
    ["Qwen/Qwen2.5-Math-RM-72B", "Qwen2.5-Math-RM is not supported: it rates whole answers"],
    ["Gen-Verse/ReasonFlux-PRM-Qwen-2.5-7B", "ReasonFlux-PRM-Qwen-2.5-7B is not supported: it is a policy"],
    ["qwen2.5-math-rm-72b", "Qwen2.5-Math-RM"],
  ])("says why %s cannot run", (name, message) => {
    expect(() => refuseUnsupported(name)).toThrow(message);
  });

  it.each([
    "Gen-Verse/ReasonFlux-PRM-7B",
    "Gen-Verse/ReasonFlux-PRM-1.5B",
    "Qwen/Qwen2.5-Math-PRM-7B",
    "Qwen/Qwen2.5-Math-7B-PRM800K",
    "RLHFlow/Llama3.1-8B-PRM-Mistral-Data",
    "Skywork/Skywork-o1-Open-PRM-Qwen-2.5-1.5B",
    "peiyi9979/math-shepherd-mistral-7b-prm",
    "openreasoner/Math-psa",
    "GAIR/ReasonEval-7B",
    "jinachris/PURE-PRM-7B",
    "HuggingFaceH4/Qwen2.5-Math-1.5B-Instruct-PRM-0.2",
    "UW-Madison-Lee-Lab/VersaPRM-Base-3B",
    // Owners and names that only contain a refused one.
    "GenPRM/something-else",
    "someone/trl-prm-distilled-from-genprm",
  ])("has nothing against %s", (name) => {
    expect(() => refuseUnsupported(name)).not.toThrow();
  });
});

describe("a manifest", () => {
  const manifest = {
    format: 1,
    id: "tiny",
    name: "tiny",
    protocol: "trl-prm",
    dtype: "q4",
    context: 64,
    threshold: 0.5,
    licence: "none",
    files: [],
    canary: { problem: "", steps: [""], rewards: [0], tolerance: 0 },
  } satisfies ModelManifest;

  it("has the protocol it names", () => {
    expect(protocolOf(manifest)).toBe(protocolById("trl-prm"));
  });

  it.each<[Partial<ModelManifest>, string]>([
    [{ id: "GenPRM-1.5B" }, "GenPRM is not supported: it writes a critique"],
    [{ source: { repository: "PRIME-RL/EurusPRM-Stage2" } }, "EurusPRM is not supported"],
    [{ protocol: "genprm-direct" }, "GenPRM is not supported"],
    [{ protocol: "prm" }, 'protocol "prm" is not known; known are stepscope-prm, '],
  ])("with %o is refused", (change, message) => {
    expect(() => protocolOf({ ...manifest, ...change })).toThrow(message);
  });
});
