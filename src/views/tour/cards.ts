/** What the tour says, card by card, and at which pane of the page it points. */

export type TourTarget = "steps" | "timeline" | "verdict" | "score";

/** What each pane is called on the page; theme.css marks it by the same name. */
export const PANE_NAMES = {
  steps: "Steps",
  timeline: "Timeline",
  verdict: "Verdict",
  score: "Trajectory score",
} as const satisfies Record<TourTarget, string>;

export interface TourCard {
  readonly title: string;
  readonly text: string;
  readonly target: TourTarget;
}

export const TOUR_CARDS: readonly TourCard[] = [
  {
    title: "A reward for every step",
    text: "A process reward model read this chain once. At the end of each step it says how good that step is, from 0 to 1. The number is always printed; the colour only helps to find it. This chain was really scored: nothing you see is made up.",
    target: "steps",
  },
  {
    title: "Where it goes wrong",
    text: "The first step below the threshold is the first bad one. Move the threshold and everything follows at once. The key n leads to the next bad step, p to the one before.",
    target: "verdict",
  },
  {
    title: "What a reward is not",
    text: "It is a model’s opinion and no proof. Plain arithmetic is therefore computed again beside it. Where the sum is wrong and the reward is high, or the other way round, trust neither before you have looked.",
    target: "timeline",
  },
  {
    title: "Thinking is not the response",
    text: "Thinking wanders, doubts and turns back, and most reward models were trained on finished answers. So low rewards in thinking mean less than in the response: compare steps within their lane.",
    target: "timeline",
  },
  {
    title: "One score for the whole",
    text: "There are many ways to make one number of all rewards, and they disagree: a product punishes length, a mean forgives one fatal step. Choose one here; all of them are shown, and the page says when they part.",
    target: "score",
  },
  {
    title: "Change it and see",
    text: "Select a step and press e. Mend the number that is wrong: only what follows is scored again, and the curve of before stays behind the new one. Steps that still use the wrong number now contradict it, and fall: mend them too, and see which was the cause.",
    target: "steps",
  },
];
