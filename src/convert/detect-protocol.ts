/**
 * Which protocol a checkpoint follows, from its tensors, its config and its name. Layouts that several
 * protocols share are told apart by name, and where that says nothing the person is asked.
 */
import { AppError } from "../core/errors.ts";
import { PROTOCOLS, type ProtocolId } from "../core/protocols/index.ts";
import { refuseUnsupported } from "../core/protocols/unsupported.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** Parts of names of published repositories. */
const NAME_HINTS: readonly (readonly [pattern: RegExp, protocol: ProtocolId])[] = [
  [/reasonflux-prm.*1\.5b/i, "reasonflux-prm-1.5b"],
  [/reasonflux/i, "reasonflux-prm-7b"],
  // Told apart by their heads: a classifier of tokens under the same name is trl's or PURE's.
  [/qwen2\.5-math.*prm/i, "qwen2.5-math-prm"],
  [/qwen2\.5-math.*instruct-prm/i, "trl-prm-blank-line"],
  [/pure-prm|qwen2\.5-math-7b-prm800k/i, "pure-prm"],
  [/skywork/i, "skywork-o1-open-prm"],
  [/math-shepherd-mistral/i, "math-shepherd"],
  [/llama.*prm.*(mistral|deepseek)-data|rlhflow/i, "rlhflow-llama3.1-8b-prm"],
  [/math-psa/i, "math-psa"],
  [/llemma/i, "llemma-prm"],
  [/versaprm|(llama|qwen)-prm800k/i, "versaprm"],
  [/minos/i, "math-minos"],
];

/** Models of the ReasonFlux family extend Qwen2.5's long-context base; the Math family keeps the short one. */
const LONG_CONTEXT_THETA = 1_000_000;

/** Bad and good. */
const STEP_CLASSES = 2;

/** The 7B model is a Mistral, the 34B a Llama, and their published code reads them at different tokens. */
const REASONEVALS: Readonly<Partial<Record<DecoderPlan["modelType"], readonly ProtocolId[]>>> = {
  mistral: ["reasoneval"],
  llama: ["reasoneval-34b"],
};

/** Protocols whose head is where this checkpoint has its head. */
function candidates(checkpoint: Checkpoint, plan: DecoderPlan): readonly ProtocolId[] {
  const has = (name: string) => checkpoint.tensors.has(name);
  if (has("reward_head.weight")) {
    return ["reasonflux-prm-1.5b"];
  }
  if (has("v_head.summary.weight")) {
    return plan.modelType === "qwen2" ? ["skywork-o1-open-prm"] : [];
  }
  if (has("score_head.weight")) {
    return REASONEVALS[plan.modelType] ?? [];
  }
  if (has("score.0.weight")) {
    // With one output it rates whole answers.
    if (checkpoint.tensors.get("score.2.weight")?.shape[0] !== STEP_CLASSES) {
      return [];
    }
    return plan.ropeTheta >= LONG_CONTEXT_THETA
      ? ["reasonflux-prm-7b", "qwen2.5-math-prm"]
      : ["qwen2.5-math-prm", "reasonflux-prm-7b"];
  }
  const labels = checkpoint.tensors.get("score.weight")?.shape[0];
  if (labels !== undefined) {
    return labels === 1
      ? ["math-minos"]
      : labels === STEP_CLASSES
        ? ["trl-prm", "trl-prm-blank-line", "pure-prm"]
        : [];
  }
  switch (plan.modelType) {
    case "mistral":
      return ["math-shepherd"];
    case "llama":
      return ["rlhflow-llama3.1-8b-prm", "llemma-prm", "versaprm"];
    case "qwen2":
      return ["versaprm", "math-psa"];
  }
}

const OWN_HEADS = ["reward_head.", "v_head.", "score_head.", "score."];

/** Whether there is a head besides the language model's. */
function hasOwnHead(checkpoint: Checkpoint): boolean {
  return [...checkpoint.tensors.keys()].some((name) => OWN_HEADS.some((head) => name.startsWith(head)));
}

/**
 * @param name Repository id or folder name.
 * @param forced Protocol the person named; must be known.
 * @throws AppError `bad-input` for an unknown name, `unsupported-model` when nothing tells the protocol or the
 *   model is known not to run.
 */
export function detectProtocol(
  checkpoint: Checkpoint,
  plan: DecoderPlan,
  name: string,
  forced: string | undefined,
): ProtocolId {
  refuseUnsupported(name);
  if (forced !== undefined) {
    const found = PROTOCOLS.find(({ id }) => id === forced);
    if (found === undefined) {
      const known = PROTOCOLS.map(({ id }) => id).join(", ");
      throw new AppError("bad-input", `protocol "${forced}" is not known; known are ${known}`);
    }
    const fitting = candidates(checkpoint, plan);
    if (hasOwnHead(checkpoint) && !fitting.includes(found.id)) {
      throw new AppError(
        "bad-input",
        `the files have the head of ${fitting.length === 0 ? "no protocol known here" : fitting.join(" or ")}, not of ${found.id}`,
      );
    }
    return found.id;
  }
  const fitting = candidates(checkpoint, plan);
  const hinted = NAME_HINTS.find(([pattern, id]) => pattern.test(name) && fitting.includes(id));
  const first = hinted?.[1] ?? fitting[0];
  if (first === undefined) {
    throw new AppError("unsupported-model", `the head of ${name} is not one of any protocol known here`);
  }
  // A head of its own leaves little doubt; a language model's says nothing about the protocol.
  if (hinted === undefined && fitting.length > 1 && !hasOwnHead(checkpoint)) {
    throw new AppError(
      "bad-input",
      `nothing in ${name} tells its protocol; name the protocol: ${fitting.join(" or ")}`,
    );
  }
  return first;
}
