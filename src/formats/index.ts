/**
 * The formats, in the order in which a row is held against them and in which menus list them: the more of its own
 * fields a layout has, the earlier it stands.
 */
import { bigBenchMistake } from "./big-bench-mistake.ts";
import { chat } from "./chat.ts";
import type { Format } from "./format.ts";
import { generic } from "./generic.ts";
import { inspect } from "./inspect.ts";
import { lighteval } from "./lighteval.ts";
import { lmEval } from "./lm-eval.ts";
import { mathEval } from "./math-eval.ts";
import { mathShepherd } from "./math-shepherd.ts";
import { mrGsm8k } from "./mr-gsm8k.ts";
import { openthoughts } from "./openthoughts.ts";
import { prm800k } from "./prm800k.ts";
import { prmbench } from "./prmbench.ts";
import { processbench } from "./processbench.ts";
import { reasoneval } from "./reasoneval.ts";
import { rlhflow } from "./rlhflow.ts";
import { rlhflowAnswers } from "./rlhflow-answers.ts";
import { s1k } from "./s1k.ts";
import { trlStepwise } from "./trl-stepwise.ts";
import { verl } from "./verl.ts";
import { versaprm } from "./versaprm.ts";

export const FORMATS = [
  processbench,
  prmbench,
  prm800k,
  mathShepherd,
  trlStepwise,
  rlhflow,
  rlhflowAnswers,
  mrGsm8k,
  reasoneval,
  bigBenchMistake,
  versaprm,
  s1k,
  openthoughts,
  lmEval,
  inspect,
  lighteval,
  mathEval,
  verl,
  generic,
  chat,
] as const satisfies readonly Format[];
