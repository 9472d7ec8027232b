import { renderChat } from "./chat-slots.ts";
import type { Protocol } from "./protocol.ts";

/**
 * A conversation: each step is a user turn, each assistant turn a forced `+`. The reward is `+` against `-`
 * in the language-model head, read at the token before the answer, all turns in one pass.
 */
export const rlhflowLlama318bPrm = {
  id: "rlhflow-llama3.1-8b-prm",
  label: "RLHFlow Llama3.1-8B-PRM",
  source: "https://github.com/RLHFlow/RLHF-Reward-Modeling (math-rm)",
  readout: { kind: "step-classifier", classes: 2, positive: [0] },
  head: { kind: "lm-rows", candidates: ["+", "-"] },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 8192,
  checks: [
    { text: "+", is: "one-token" },
    { text: "-", is: "one-token" },
  ],
  render: ({ problem, steps }, context) =>
    renderChat(
      steps.flatMap((text, step) => [
        {
          role: "user" as const,
          parts: [
            ...(step === 0
              ? [
                  { origin: "problem" as const, text: problem },
                  { origin: "template" as const, text: " " },
                ]
              : []),
            { origin: "step" as const, text: text.trim(), step },
          ],
        },
        {
          role: "assistant" as const,
          parts: [{ origin: "template" as const, text: "+", step, read: "before" as const }],
        },
      ]),
      context,
    ),
} as const satisfies Protocol;
