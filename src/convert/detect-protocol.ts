/**
 * Which protocol a checkpoint follows, from its tensors, its config and its name. Layouts that several
 * protocols share are told apart by name, and where that says nothing the person is asked.
 */
import { AppError } from "../core/errors.ts";
import { PROTOCOLS, type ProtocolId } from "../core/protocols/index.ts";
import { findUnsupported } from "../core/protocols/unsupported.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** Parts of names of published repositories. */
const NAME_HINTS: readonly (readonly [pattern: RegExp, protocol: ProtocolId])[] = [
  [/reasonflux-prm.*1\.5b/i, "reasonflux-prm-1.5b"],
  [/reasonflux/i, "reasonflux-prm-7b"],
  [/qwen2\.5-math.*prm/i, "qwen2.5-math-prm"],
  [/skywork/i, "skywork-o1-open-prm"],
  [/math-shepherd-mistral/i, "math-shepherd"],
  [/llama.*prm.*(mistral|deepseek)-data|rlhflow/i, "rlhflow-llama3.1-8b-prm"],
  [/math-psa/i, "math-psa"],
  [/reasoneval/i, "reasoneval"],
  [/llemma/i, "llemma-prm"],
  [/pure-prm/i, "pure-prm"],
  [/versaprm|(llama|qwen)-prm800k/i, "versaprm"],
  [/minos/i, "math-minos"],
];

/** Models of the ReasonFlux family extend Qwen2.5's long-context base; the Math family keeps the short one. */
const LONG_CONTEXT_THETA = 1_000_000;

/** Protocols whose head is where this checkpoint has its head. */
function candidates(checkpoint: Checkpoint, plan: DecoderPlan): readonly ProtocolId[] {
  const has = (name: string) => checkpoint.tensors.has(name);
  if (has("reward_head.weight")) {
    return ["reasonflux-prm-1.5b"];
  }
  if (has("v_head.summary.weight")) {
    return ["skywork-o1-open-prm"];
  }
  if (has("score_head.weight")) {
    return ["reasoneval"];
  }
  if (has("score.0.weight")) {
    return plan.ropeTheta >= LONG_CONTEXT_THETA
      ? ["reasonflux-prm-7b", "qwen2.5-math-prm"]
      : ["qwen2.5-math-prm", "reasonflux-prm-7b"];
  }
  const labels = checkpoint.tensors.get("score.weight")?.shape[0];
  if (labels !== undefined) {
    return labels === 1 ? ["math-minos"] : ["trl-prm", "pure-prm"];
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

/** Heads of their own leave little doubt; a language-model head alone says nothing about the protocol. */
const AMBIGUOUS_MODEL = "qwen2";

/**
 * @param name Repository id or folder name.
 * @param forced Protocol the person named; must be known.
 * @throws AppError `bad-input` for an unknown name, `unsupported-model` when nothing tells the protocol.
 */
export function detectProtocol(
  checkpoint: Checkpoint,
  plan: DecoderPlan,
  name: string,
  forced: string | undefined,
): ProtocolId {
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
        `the files have the head of ${fitting.join(" or ")}, not of ${found.id}`,
      );
    }
    return found.id;
  }
  const unsupported = findUnsupported(name);
  if (unsupported !== undefined) {
    throw new AppError("unsupported-model", `${unsupported.name} is not supported: ${unsupported.reason}`);
  }
  const fitting = candidates(checkpoint, plan);
  const hinted = NAME_HINTS.find(([pattern, id]) => pattern.test(name) && fitting.includes(id));
  const first = hinted?.[1] ?? fitting[0];
  const isGuess = hinted === undefined && fitting.length > 1;
  if (first === undefined || (isGuess && !hasOwnHead(checkpoint) && plan.modelType === AMBIGUOUS_MODEL)) {
    throw new AppError(
      "unsupported-model",
      `nothing in ${name} tells its protocol; name it with --protocol: ${fitting.join(" or ")}`,
    );
  }
  return first;
}
