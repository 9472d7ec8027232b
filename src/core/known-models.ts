/**
 * Published process reward models that the protocols can run, for a list to choose from. Sizes and licences are
 * what the repositories' pages said when they were read; the Hub's own answer is the truth, and is asked for
 * before anything is downloaded. Math-PSA (an adapter) and MATH-Minos (no repository known) are not listed.
 */
import {
  type BaseModel,
  LLAMA_3_1_8B,
  LLAMA_3_2_3B,
  LLEMMA_7B,
  LLEMMA_34B,
  MISTRAL_7B,
  QWEN2_5_0_5B,
  QWEN2_5_1_5B,
  QWEN2_5_7B,
  QWEN2_5_72B,
} from "./base-models.ts";
import { NOT_STATED } from "./manifest.ts";
import type { ProtocolId } from "./protocols/index.ts";
import type { Bytes } from "./units.ts";

/** A fact of an entry that nobody has checked. */
export type UncheckedFact =
  /** How wide the repository stores its weights. */
  | "storage"
  /** Which tensors it holds besides those that are used. */
  | "tensors";

export interface KnownModel {
  /** On the Hub. */
  readonly repository: string;
  readonly protocol: ProtocolId;
  readonly family: string;
  readonly base: BaseModel;
  /** True when the repository holds a language-model head of its own, used or not. */
  readonly storesLanguageHead: boolean;
  readonly storedBytesPerWeight: 2 | 4;
  /** Size of the files of weights as the repository lists them, which may be rounded; absent: not known. */
  readonly listedBytes?: Bytes;
  /** As the repository states it. */
  readonly licence: string;
  /** What to know before choosing it. */
  readonly note?: string;
  /** Its repository alone cannot be converted; `note` says what is missing. */
  readonly isIncomplete?: true;
  /** Page or paper the entry follows. */
  readonly source: string;
  /** What is an estimate here, besides the sizes of a base model without a source. */
  readonly unchecked: readonly UncheckedFact[];
}

type Entry = Omit<KnownModel, "source"> & { readonly source?: string };

/** An entry whose source is the repository's own page. */
function listed(entry: Entry): KnownModel {
  return { source: `https://huggingface.co/${entry.repository}`, ...entry };
}

const reasonflux = {
  family: "ReasonFlux-PRM",
  licence: NOT_STATED,
  storedBytesPerWeight: 2,
  source: "arXiv 2506.18896; https://github.com/Gen-Verse/ReasonFlux",
  unchecked: ["storage", "tensors"],
} as const;

const qwen = {
  protocol: "qwen2.5-math-prm",
  family: "Qwen2.5-Math-PRM",
  licence: "qwen",
  storesLanguageHead: true,
  storedBytesPerWeight: 2,
} as const;

const skywork = {
  protocol: "skywork-o1-open-prm",
  family: "Skywork-o1-Open-PRM",
  licence: "other (Skywork Community License)",
  storedBytesPerWeight: 2,
  unchecked: [],
} as const;

const trl = {
  protocol: "trl-prm",
  family: "trl PRMTrainer",
  licence: NOT_STATED,
  storesLanguageHead: false,
} as const;

const rlhflow = {
  protocol: "rlhflow-llama3.1-8b-prm",
  family: "RLHFlow",
  base: LLAMA_3_1_8B,
  licence: NOT_STATED,
  storesLanguageHead: true,
  storedBytesPerWeight: 2,
  listedBytes: 16_070_000_000,
  note: "Derived from Llama 3.1, whose licence applies.",
  unchecked: [],
} as const;

const llemma = {
  protocol: "llemma-prm",
  family: "Llemma PRM",
  base: LLEMMA_7B,
  licence: NOT_STATED,
  storesLanguageHead: true,
  storedBytesPerWeight: 2,
  isIncomplete: true,
  note: "Its repository has no tokenizer: put the tokenizer of EleutherAI/llemma_7b beside its files and open the folder.",
} as const;

const versaprm = {
  protocol: "versaprm",
  family: "VersaPRM",
  licence: NOT_STATED,
  storedBytesPerWeight: 2,
  source: "arXiv 2502.06737; https://github.com/UW-Madison-Lee-Lab/VersaPRM",
  unchecked: ["storage", "tensors"],
} as const;

const VERSAPRM_NOTE = "Derived from Llama 3, whose licence applies.";

/** The order is that of menus: what fits most machines first. */
export const KNOWN_MODELS: readonly KnownModel[] = [
  listed({
    ...reasonflux,
    repository: "Gen-Verse/ReasonFlux-PRM-1.5B",
    protocol: "reasonflux-prm-1.5b",
    base: QWEN2_5_1_5B,
    storesLanguageHead: false,
    note: "Scores a whole trajectory; the rewards of steps are scores of the text up to their end.",
  }),
  listed({
    ...reasonflux,
    repository: "Gen-Verse/ReasonFlux-PRM-7B",
    protocol: "reasonflux-prm-7b",
    base: QWEN2_5_7B,
    storesLanguageHead: true,
  }),
  listed({
    ...qwen,
    repository: "Qwen/Qwen2.5-Math-PRM-7B",
    base: QWEN2_5_7B,
    listedBytes: 15_256_983_860,
    unchecked: [],
  }),
  listed({
    ...qwen,
    repository: "Qwen/Qwen2.5-Math-7B-PRM800K",
    base: QWEN2_5_7B,
    note: "A baseline of ProcessBench, published to be reproduced.",
    unchecked: [],
  }),
  listed({
    ...qwen,
    repository: "Qwen/Qwen2.5-Math-PRM-72B",
    base: QWEN2_5_72B,
    unchecked: ["storage", "tensors"],
  }),
  listed({
    ...skywork,
    repository: "Skywork/Skywork-o1-Open-PRM-Qwen-2.5-1.5B",
    base: QWEN2_5_1_5B,
    storesLanguageHead: false,
    listedBytes: 3_090_000_000,
  }),
  listed({
    ...skywork,
    repository: "Skywork/Skywork-o1-Open-PRM-Qwen-2.5-7B",
    base: QWEN2_5_7B,
    storesLanguageHead: true,
    listedBytes: 15_200_000_000,
  }),
  listed({
    ...trl,
    repository: "trl-lib/Qwen2-0.5B-Reward-Math-Sheperd",
    base: QWEN2_5_0_5B,
    storedBytesPerWeight: 4,
    unchecked: ["storage"],
  }),
  listed({
    ...trl,
    repository: "plaguss/Qwen2.5-0.5B-Math-Shepherd-PRM-0.2",
    base: QWEN2_5_0_5B,
    storedBytesPerWeight: 2,
    listedBytes: 988_000_000,
    unchecked: [],
  }),
  listed({
    ...trl,
    repository: "HuggingFaceH4/Qwen2.5-Math-1.5B-Instruct-PRM-0.2",
    protocol: "trl-prm-blank-line",
    base: QWEN2_5_1_5B,
    storedBytesPerWeight: 2,
    unchecked: ["storage"],
  }),
  listed({
    ...trl,
    repository: "HuggingFaceH4/Qwen2.5-Math-7B-Instruct-PRM-0.2",
    protocol: "trl-prm-blank-line",
    base: QWEN2_5_7B,
    storedBytesPerWeight: 2,
    unchecked: ["storage"],
  }),
  listed({
    repository: "peiyi9979/math-shepherd-mistral-7b-prm",
    protocol: "math-shepherd",
    family: "Math-Shepherd",
    base: MISTRAL_7B,
    licence: NOT_STATED,
    storesLanguageHead: true,
    storedBytesPerWeight: 2,
    // 9 % more than its tensors need; the safetensors of the same weights, on a branch, have 14.49 GB.
    listedBytes: 15_820_000_000,
    unchecked: [],
  }),
  listed({ ...rlhflow, repository: "RLHFlow/Llama3.1-8B-PRM-Deepseek-Data" }),
  listed({ ...rlhflow, repository: "RLHFlow/Llama3.1-8B-PRM-Mistral-Data" }),
  listed({
    repository: "jinachris/PURE-PRM-7B",
    protocol: "pure-prm",
    family: "PURE-PRM",
    base: QWEN2_5_7B,
    licence: NOT_STATED,
    storesLanguageHead: false,
    storedBytesPerWeight: 2,
    unchecked: ["storage", "tensors"],
  }),
  listed({
    repository: "GAIR/ReasonEval-7B",
    protocol: "reasoneval",
    family: "ReasonEval",
    base: MISTRAL_7B,
    licence: "llama2",
    storesLanguageHead: false,
    storedBytesPerWeight: 4,
    listedBytes: 28_440_000_000,
    unchecked: [],
  }),
  listed({
    repository: "GAIR/ReasonEval-34B",
    protocol: "reasoneval-34b",
    family: "ReasonEval",
    base: LLEMMA_34B,
    licence: "llama2 on its card, Apache-2.0 in its code repository",
    storesLanguageHead: false,
    storedBytesPerWeight: 4,
    unchecked: ["storage", "tensors"],
  }),
  listed({
    ...llemma,
    repository: "ScalableMath/llemma-7b-prm-prm800k-level-1to3-hf",
    listedBytes: 13_480_000_000,
    unchecked: [],
  }),
  listed({
    ...llemma,
    repository: "ScalableMath/llemma-7b-prm-metamath-level-1to3-hf",
    unchecked: ["storage"],
  }),
  listed({
    ...llemma,
    repository: "ScalableMath/llemma-7b-oprm-prm800k-level-1to3-hf",
    unchecked: ["storage"],
  }),
  listed({
    ...versaprm,
    repository: "UW-Madison-Lee-Lab/VersaPRM-Base-3B",
    base: LLAMA_3_2_3B,
    storesLanguageHead: false,
    note: VERSAPRM_NOTE,
  }),
  listed({
    ...versaprm,
    repository: "UW-Madison-Lee-Lab/VersaPRM-Base-8B",
    base: LLAMA_3_1_8B,
    storesLanguageHead: true,
    note: VERSAPRM_NOTE,
  }),
  listed({
    ...versaprm,
    repository: "UW-Madison-Lee-Lab/VersaPRM",
    base: LLAMA_3_1_8B,
    storesLanguageHead: true,
    note: VERSAPRM_NOTE,
  }),
  listed({
    ...versaprm,
    repository: "UW-Madison-Lee-Lab/Llama-PRM800K",
    base: LLAMA_3_1_8B,
    storesLanguageHead: true,
    note: VERSAPRM_NOTE,
  }),
  listed({
    ...versaprm,
    repository: "UW-Madison-Lee-Lab/Qwen-PRM800K",
    base: QWEN2_5_7B,
    storesLanguageHead: true,
  }),
];
