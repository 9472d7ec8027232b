/**
 * What a step does, told from its words by rules that run anywhere and can be read. The taxonomy is that of the
 * thought-anchors study, without its two kinds that are about uncertainty and bookkeeping.
 */
import type { Step } from "./trace.ts";

export const STEP_TAGS = ["setup", "plan", "compute", "verify", "backtrack", "answer"] as const;
export type StepTag = (typeof STEP_TAGS)[number];

/** What each tag means, in the words of a menu. */
export const TAG_MEANINGS: Readonly<Record<StepTag, string>> = {
  setup: "repeats or arranges what is given",
  plan: "says what will be done",
  compute: "derives something new",
  verify: "checks an earlier step",
  backtrack: "takes an earlier step back",
  answer: "states the final answer",
};

/*
 * Every pattern is a list of fixed words without nested repetition, so that each is linear. The order of the rules is
 * the order in which they are asked: a step that checks and then takes back is a backtrack.
 */
const ANSWER =
  /\\boxed\b|\b(?:final )?answer(?: is|:|\s*=)|####|\bso the answer\b|\banswer to the (?:problem|question)\b/i;
const BACKTRACK =
  /\b(?:that|this|it)(?:['’]s| is| was| seems| looks| can['’]?t be| cannot be) (?:wrong|incorrect|not right|not correct|a mistake|an error|right\?)|\b(?:i|we) (?:made|have made|misread|miscounted|misunderstood|forgot|confused)\b|\b(?:mistake|scratch that|start over|go back|going back|try again|let me redo|reconsider|instead of)\b|\bactually,? (?:no|wait|it|that)\b|\bno,? wait\b|,? (?:and )?not [$€£]?\d/i;
const DOUBT = /^(?:\W*)(?:(?:oh|hmm|but|no)\W+)?(?:wait|hold on|oops|hang on)\b/i;
const VERIFY =
  /\b(?:check|checks|checked|checking|verify|verifies|verifying|double[- ]check|make sure|makes sense|confirm|confirms|sanity|both agree|consistent|matches|another way|plug(?:ging)? (?:it |this |that |these )?(?:back )?in)\b|\b(?:yes|good|correct|right)[.!]\s*$/i;
const PLAN =
  /\b(?:let me|let['’]s|let us|i (?:need|have|want|will|should|can|could)|i['’]ll|we (?:need|have to|want|will|should|must|can|could)|first,|next,|now,|to (?:find|solve|get|determine|compute|calculate|answer)|the (?:plan|idea|strategy|approach)|break (?:this|it|the problem) down|step by step|there are two questions)\b/i;
const SETUP =
  /\b(?:given|we (?:know|are told)|the problem (?:says|states|asks)|let [a-z]\b|denote|suppose|assume)\b/i;
/** Something is worked out: an equals sign between two sides, or a word that concludes. */
const COMPUTE =
  /[^=<>!:\s]\s*(?:=|≈|\\approx)\s*[^=\s]|\b(?:gives|equals|which makes|works out|simplif\w+|substitut\w+)\b/i;
const CONCLUSION = /\b(?:so|thus|therefore|hence|then|because|since|follows|implies|means that)\b/i;
const OPENING = /^(?:okay|ok|alright|right|well|so|now|first)\b,?\s*(?:so\b)?/i;
const NUMBER = /\d+(?:[.,]\d+)*/g;

/** Longer texts are judged by their beginning and their end, where such words stand. */
const LONGEST_JUDGED = 4000;

/** One tag a step, in step order. Never throws; linear in the length of the texts. */
export function tagSteps(problem: string, steps: readonly Step[]): readonly StepTag[] {
  const given = new Set(problem.match(NUMBER) ?? []);
  return steps.map((step, index) =>
    tagStep(excerpt(step.text), { given, isLast: index === steps.length - 1 }),
  );
}

interface Setting {
  /** Numbers of the problem. */
  readonly given: ReadonlySet<string>;
  readonly isLast: boolean;
}

function tagStep(text: string, { given, isLast }: Setting): StepTag {
  if (ANSWER.test(text)) {
    return "answer";
  }
  if (BACKTRACK.test(text) || DOUBT.test(text)) {
    return "backtrack";
  }
  if (VERIFY.test(text)) {
    return "verify";
  }
  if (COMPUTE.test(text)) {
    return "compute";
  }
  if (SETUP.test(text)) {
    return "setup";
  }
  if (PLAN.test(text)) {
    return "plan";
  }
  if (isLast) {
    return "answer";
  }
  // "Okay, so" opens a thought and concludes nothing.
  const isGiven = (text.match(NUMBER) ?? []).every((number) => given.has(number));
  return isGiven && !CONCLUSION.test(text.replace(OPENING, "")) ? "setup" : "compute";
}

function excerpt(text: string): string {
  return text.length <= LONGEST_JUDGED
    ? text
    : `${text.slice(0, LONGEST_JUDGED / 2)}\n${text.slice(-LONGEST_JUDGED / 2)}`;
}
