import type { PromptPart, Protocol } from "./protocol.ts";
import { renumbered, without } from "./step-text.ts";

const TAG = "и";

/** Sigmoid of a token classifier with one label, at the tag after each step. */
export const mathMinos = {
  id: "math-minos",
  label: "MATH-Minos PRM",
  source: "https://github.com/ssmisya/PRMBench (its adapter for MATH-Minos)",
  readout: { kind: "scalar" },
  head: { kind: "linear", prefix: "score", outputs: 1 },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 2048,
  checks: [{ text: TAG, is: "encodable" }],
  render: ({ problem, steps }, { autoPrefix }) => [
    [
      { origin: "template", text: `${autoPrefix}Human: ` },
      { origin: "problem", text: without(problem, TAG) },
      { origin: "template", text: "\n\nAssistant:" },
      ...steps.flatMap((text, step): PromptPart[] => [
        { origin: "step", text: renumbered(without(text, TAG).trim(), step), step },
        { origin: "template", text: ` ${TAG}`, step, read: "last" },
        { origin: "template", text: "\n" },
      ]),
    ],
  ],
} as const satisfies Protocol;
