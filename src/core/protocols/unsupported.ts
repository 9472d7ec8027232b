/** Published models that are known here and cannot be run, each with the reason. */
import { AppError } from "../errors.ts";

interface UnsupportedModel {
  readonly name: string;
  /** Matches the name without its owner. */
  readonly pattern: RegExp;
  /** Classes in `architectures` of config.json that say the same whatever the folder is called. */
  readonly architectures?: readonly string[];
  /** Completes "NAME is not supported: ". */
  readonly reason: string;
}

const IMPLICIT =
  "its rewards are differences between the log-probabilities of two language models, over the whole vocabulary";
const GENERATIVE = "it writes a critique of every step and has no reward head";
const MULTI_PASS = "it needs forward passes of its own for every step";
const UNPUBLISHED_PROMPT = "how its prompt is put together is not published";

const UNSUPPORTED_MODELS: readonly UnsupportedModel[] = [
  { pattern: /^eurusprm/i, name: "EurusPRM", reason: IMPLICIT },
  { pattern: /^implicitprm/i, name: "ImplicitPRM", reason: IMPLICIT },
  { pattern: /^genprm/i, name: "GenPRM", reason: GENERATIVE },
  { pattern: /^thinkprm/i, name: "ThinkPRM", reason: GENERATIVE },
  { pattern: /^r-prm/i, name: "R-PRM", reason: GENERATIVE },
  { pattern: /^pathfinder-prm/i, name: "PathFinder-PRM", reason: MULTI_PASS },
  { pattern: /^universal-prm/i, name: "Universal-PRM", reason: MULTI_PASS },
  {
    pattern: /^actprm/i,
    name: "ActPRM",
    architectures: ["Qwen2ForEnsemblePRM"],
    reason: "its reward is the mean of an ensemble of heads, in a layout of their own",
  },
  {
    pattern: /^pqm-/i,
    name: "PQM",
    reason: `its numbers rank steps and have no range, and ${UNPUBLISHED_PROMPT}`,
  },
  { pattern: /llama3\.1-math-prm|^er-prm/i, name: "ER-PRM", reason: UNPUBLISHED_PROMPT },
  {
    pattern: /^qwen2\.5-math-rm/i,
    name: "Qwen2.5-Math-RM",
    architectures: ["Qwen2ForRewardModel"],
    reason: "it rates whole answers with a number that has no range, and no steps",
  },
  {
    pattern: /^reasonflux-prm-qwen-2\.5/i,
    name: "ReasonFlux-PRM-Qwen-2.5-7B",
    reason: "it is a policy trained with a process reward model, not one itself",
  },
];

function refuse({ name, reason }: UnsupportedModel): never {
  throw new AppError("unsupported-model", `${name} is not supported: ${reason}`);
}

/**
 * To be asked wherever a model is named, before anything is fetched or read.
 * @param name Repository id or folder name.
 * @throws AppError `unsupported-model`, with the reason, when it is known not to run here.
 */
export function refuseUnsupported(name: string): void {
  // `owner/name` on the Hub, `models--owner--name` in its cache on disk.
  const last = name.split(/\/|--/).at(-1) ?? name;
  const found = UNSUPPORTED_MODELS.find(({ pattern }) => pattern.test(last));
  if (found !== undefined) {
    refuse(found);
  }
}

/**
 * @param architectures Of config.json.
 * @throws AppError `unsupported-model`, with the reason, when one is a class that is known not to run here.
 */
export function refuseArchitectures(architectures: readonly string[]): void {
  const found = UNSUPPORTED_MODELS.find((model) =>
    model.architectures?.some((known) => architectures.includes(known)),
  );
  if (found !== undefined) {
    refuse(found);
  }
}
