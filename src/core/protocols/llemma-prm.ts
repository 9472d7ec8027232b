import type { PromptPart, Protocol } from "./protocol.ts";
import { without } from "./step-text.ts";

/** What ends a step, and must not stand inside one. */
const BLANK_LINE = "\n\n";

/** Sigmoid of a language-model head repurposed as a scalar, at the first newline of the blank line after a step. */
export const llemmaPrm = {
  id: "llemma-prm",
  label: "Llemma PRM",
  source: "https://github.com/Edward-Sun/easy-to-hard",
  readout: { kind: "scalar" },
  head: { kind: "lm-mean" },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 2048,
  checks: [{ text: BLANK_LINE, is: "encodable", ids: { "llama-2": 13 } }],
  render: ({ problem, steps }, { autoPrefix }) => [
    [
      { origin: "template", text: `${autoPrefix}# Question\n\n` },
      { origin: "problem", text: problem },
      { origin: "template", text: "\n\n# Solution\n\n" },
      ...steps.flatMap((text, step): PromptPart[] => [
        { origin: "step", text: without(text, BLANK_LINE).trim(), step },
        { origin: "template", text: BLANK_LINE, step, read: "first" },
      ]),
    ],
  ],
} as const satisfies Protocol;
