import type { PromptPart, Protocol } from "./protocol.ts";

/**
 * One scalar for a whole text: problem and completion put together as they are, sigmoid of a linear head at
 * the last token. The score of every prefix that ends with a step gives a curve; the model was trained for
 * the last point of it only.
 */
export const reasonfluxPrm15b = {
  id: "reasonflux-prm-1.5b",
  label: "ReasonFlux-PRM-1.5B",
  source: "arXiv 2506.18896; https://huggingface.co/Gen-Verse/ReasonFlux-PRM-1.5B",
  readout: { kind: "scalar" },
  head: { kind: "linear", prefix: "reward_head", outputs: 1 },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 2048,
  note: "This model scores whole trajectories. A step's number is the score of the text up to that step.",
  checks: [],
  readsPrefixes: true,
  render: ({ problem, steps }, { autoPrefix }) => [
    [
      { origin: "template", text: autoPrefix },
      { origin: "problem", text: problem },
      ...steps.flatMap((text, step): PromptPart[] => [
        ...(step === 0 ? [] : [{ origin: "template" as const, text: "\n\n" }]),
        { origin: "step", text, step, read: "last" },
      ]),
    ],
  ],
} as const satisfies Protocol;
