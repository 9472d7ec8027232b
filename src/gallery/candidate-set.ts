/** Chains of one problem to try the candidates page with. Without scores: the page's own model gives them. */

export interface CandidateSet {
  readonly problem: string;
  readonly gold: string;
  readonly chains: readonly string[];
}

const TRAYS = "The baker makes 4 * 12 = 48 rolls.";

/** Three right ones in three wordings, a slip of arithmetic, a fact left out and a wrong operation. */
export const CANDIDATE_SET: CandidateSet = {
  problem:
    "A baker makes 4 trays of 12 rolls. She sells 30 rolls in the morning and 5 rolls in the afternoon. How many rolls are left?",
  gold: "13",
  chains: [
    [
      TRAYS,
      "She sells 30 + 5 = 35 rolls in all.",
      "So there are 48 - 35 = 13 rolls left.",
      "The answer is 13.",
    ],
    [TRAYS, "After the morning 48 - 30 = 18 rolls are left.", "So the answer is 18 rolls."],
    [
      "The baker makes 4 * 12 = 46 rolls.",
      "She sells 30 + 5 = 35 rolls in all.",
      "So there are 46 - 35 = 11 rolls left.",
      "The answer is 11.",
    ],
    [
      TRAYS,
      "After the morning 48 - 30 = 18 rolls are left.",
      "After the afternoon 18 - 5 = 13 rolls are left.",
      "So 13 rolls are left.",
    ],
    [
      TRAYS,
      "She sells 30 - 5 = 25 rolls.",
      "So there are 48 - 25 = 23 rolls left.",
      "The answer is 23 rolls.",
    ],
    [
      TRAYS,
      "She sells 30 + 5 = 35 rolls in all.",
      "That leaves 48 - 35 = 13 rolls.",
      "The answer is \\boxed{13}.",
    ],
  ].map((steps) => steps.join("\n\n")),
};
