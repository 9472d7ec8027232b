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
    { text: "+", is: "one-token", ids: { "llama-3": 10 } },
    { text: "-", is: "one-token", ids: { "llama-3": 12 } },
    // Ends the header of an assistant's turn: the token before its answer.
    { text: "\n\n", is: "encodable", ids: { "llama-3": 271 } },
  ],
  render: ({ problem, steps }, context) =>
    renderChat(
      steps.flatMap((text, step) => [
        {
          role: "user" as const,
          parts: [
            ...(step === 0
              ? [
                  // Llama 3.1's template trims every message, but sees a stand-in here.
                  { origin: "problem" as const, text: problem.trimStart() },
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
