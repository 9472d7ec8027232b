import type { PromptPart, Protocol } from "./protocol.ts";

/** Blank lines inside a step would read as its end. */
function withoutBlankLines(text: string): string {
  return text.trim().replace(/\n{2,}/g, "\n");
}

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
  checks: [],
  render: ({ problem, steps }, { autoPrefix }) => [
    [
      { origin: "template", text: `${autoPrefix}# Question\n\n` },
      { origin: "problem", text: withoutBlankLines(problem) },
      { origin: "template", text: "\n\n# Solution\n\n" },
      ...steps.flatMap((text, step): PromptPart[] => [
        { origin: "step", text: withoutBlankLines(text), step },
        { origin: "template", text: "\n\n", step, read: "first" },
      ]),
    ],
  ],
} as const satisfies Protocol;
