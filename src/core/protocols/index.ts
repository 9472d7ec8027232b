import { AppError } from "../errors.ts";
import type { Protocol } from "./protocol.ts";
import { qwen25MathPrm } from "./qwen2.5-math-prm.ts";
import { reasonfluxPrm7b } from "./reasonflux-prm-7b.ts";
import { stepscopePrm } from "./stepscope-prm.ts";

/** Every protocol Stepscope can run; one file each, one line here. */
export const PROTOCOLS = [
  stepscopePrm,
  qwen25MathPrm,
  reasonfluxPrm7b,
] as const satisfies readonly Protocol[];

export type ProtocolId = (typeof PROTOCOLS)[number]["id"];

/** @throws AppError `unsupported-model` when no protocol has that id. */
export function protocolById(id: string): Protocol {
  const found = PROTOCOLS.find((protocol) => protocol.id === id);
  if (found === undefined) {
    const known = PROTOCOLS.map((protocol) => protocol.id).join(", ");
    throw new AppError("unsupported-model", `protocol "${id}" is not known; known are ${known}`);
  }
  return found;
}
