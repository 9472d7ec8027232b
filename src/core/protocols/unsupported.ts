/** Published process reward models that are known here and cannot be run, each with the reason. */

export interface UnsupportedModel {
  /** Matches a repository id or folder name. */
  readonly pattern: RegExp;
  readonly name: string;
  /** Completes "NAME is not supported: ". */
  readonly reason: string;
}

const IMPLICIT =
  "its rewards are differences between the log-probabilities of two language models, over the whole vocabulary";
const GENERATIVE = "it writes a critique of every step and has no reward head";
const MULTI_PASS = "it needs forward passes of its own for every step";

const UNSUPPORTED_MODELS: readonly UnsupportedModel[] = [
  { pattern: /eurusprm/i, name: "EurusPRM", reason: IMPLICIT },
  { pattern: /implicitprm/i, name: "ImplicitPRM", reason: IMPLICIT },
  { pattern: /genprm/i, name: "GenPRM", reason: GENERATIVE },
  { pattern: /thinkprm/i, name: "ThinkPRM", reason: GENERATIVE },
  { pattern: /(^|\/)r-prm/i, name: "R-PRM", reason: GENERATIVE },
  { pattern: /pathfinder-prm/i, name: "PathFinder-PRM", reason: MULTI_PASS },
  { pattern: /universal-prm/i, name: "Universal-PRM", reason: MULTI_PASS },
  { pattern: /actprm/i, name: "ActPRM", reason: "its head is an ensemble in a layout of its own" },
  {
    pattern: /reasonflux-prm-qwen-2\.5/i,
    name: "ReasonFlux-PRM-Qwen-2.5-7B",
    reason: "it is a policy trained with a process reward model, not one itself",
  },
];

/** The entry a repository id or folder name stands for. */
export function findUnsupported(name: string): UnsupportedModel | undefined {
  return UNSUPPORTED_MODELS.find(({ pattern }) => pattern.test(name));
}
