import { AppError } from "../errors.ts";
import type { ModelManifest } from "../manifest.ts";
import { llemmaPrm } from "./llemma-prm.ts";
import { mathMinos } from "./math-minos.ts";
import { mathPsa } from "./math-psa.ts";
import { mathShepherd } from "./math-shepherd.ts";
import type { Protocol } from "./protocol.ts";
import { purePrm } from "./pure-prm.ts";
import { qwen25MathPrm } from "./qwen2.5-math-prm.ts";
import { reasoneval } from "./reasoneval.ts";
import { reasoneval34b } from "./reasoneval-34b.ts";
import { reasonfluxPrm15b } from "./reasonflux-prm-1.5b.ts";
import { reasonfluxPrm7b } from "./reasonflux-prm-7b.ts";
import { rlhflowLlama318bPrm } from "./rlhflow-llama3.1-8b-prm.ts";
import { skyworkO1OpenPrm } from "./skywork-o1-open-prm.ts";
import { stepscopePrm } from "./stepscope-prm.ts";
import { trlPrm } from "./trl-prm.ts";
import { trlPrmBlankLine } from "./trl-prm-blank-line.ts";
import { refuseUnsupported } from "./unsupported.ts";
import { versaprm } from "./versaprm.ts";

/** Every protocol Stepscope can run; one file each, one line here. */
export const PROTOCOLS = [
  stepscopePrm,
  reasonfluxPrm7b,
  reasonfluxPrm15b,
  qwen25MathPrm,
  skyworkO1OpenPrm,
  mathShepherd,
  rlhflowLlama318bPrm,
  mathPsa,
  reasoneval,
  reasoneval34b,
  llemmaPrm,
  purePrm,
  trlPrm,
  trlPrmBlankLine,
  versaprm,
  mathMinos,
] as const satisfies readonly Protocol[];

export type ProtocolId = (typeof PROTOCOLS)[number]["id"];

/** @throws AppError `unsupported-model` when no protocol has that id, with the reason when that is known. */
export function protocolById(id: string): Protocol {
  const found = PROTOCOLS.find((protocol) => protocol.id === id);
  if (found === undefined) {
    refuseUnsupported(id);
    const known = PROTOCOLS.map((protocol) => protocol.id).join(", ");
    throw new AppError("unsupported-model", `protocol "${id}" is not known; known are ${known}`);
  }
  return found;
}

/**
 * The protocol a manifest names.
 * @throws AppError `unsupported-model`, with the reason, when it is none of these or the model is known not to run.
 */
export function protocolOf({ id, source, protocol }: ModelManifest): Protocol {
  refuseUnsupported(id);
  if (source !== undefined) {
    refuseUnsupported(source.repository);
  }
  return protocolById(protocol);
}
