/** Chains to score: ordinary sentences about small numbers, the same in every run. */
import { encodePrompt } from "../../src/core/protocols/encode-prompt.ts";
import type { Protocol } from "../../src/core/protocols/protocol.ts";
import type { ScoreRequest } from "../../src/core/scorer.ts";
import type { LoadedTokenizer } from "../../src/engine/tokenizer.ts";

const PROBLEM =
  "A school orders pencils for its new classes. Each class gets some boxes, each box holds the same number of " +
  "pencils, and a few boxes are lost on the way. The pencils that arrive are shared out evenly, and what is left " +
  "over goes to the library. How many pencils does the library get at the end of the year?";

const SENTENCES: readonly ((a: number, b: number) => string)[] = [
  (a, b) => `There are ${a} boxes with ${b} pencils in each, which makes ${a * b} pencils.`,
  (a, b) => `Taking ${a} away from ${a + b} leaves ${b}, so ${b} boxes arrive.`,
  (a, b) => `Half of the ${2 * a} children already have ${b} pencils each.`,
  (a, b) => `Wait, I should check this: ${a} times ${b} is ${a * b}, as I had it before.`,
  (a, b) => `The two classes together need ${a} + ${b} = ${a + b} pencils.`,
  (a, b) => `If each of the ${a} tables gets ${b} pencils, that is ${a * b} in all.`,
  (a, b) => `So the library has ${a + b} pencils after the first ${a} days.`,
];

/**
 * One step.
 * @param salt Makes a step of the same place another one.
 */
export function stepAt(index: number, salt = 0): string {
  const place = index + 3 * salt;
  const sentence = SENTENCES[place % SENTENCES.length];
  return `Step ${index + 1}: ${sentence?.(3 + ((7 * place + salt) % 23), 2 + ((5 * place + 2 * salt) % 19))}`;
}

export function chainOfSteps(count: number): ScoreRequest {
  return { problem: PROBLEM, steps: Array.from({ length: count }, (_, index) => stepAt(index)) };
}

export interface Prompting {
  readonly protocol: Protocol;
  readonly tokenizer: LoadedTokenizer;
}

/** Tokens of the whole prompt. */
export function countTokens({ protocol, tokenizer }: Prompting, request: ScoreRequest): number {
  const pieces = protocol.render(request, tokenizer.context);
  return encodePrompt(pieces, request.steps.length, tokenizer, { context: Number.POSITIVE_INFINITY }).ids
    .length;
}

/** The longest chain of at most that many tokens: its last step is cut between words. */
export function chainOfTokens(prompting: Prompting, tokens: number): ScoreRequest {
  // No step has fewer than ten tokens.
  const words = chainOfSteps(Math.ceil(tokens / 10)).steps.flatMap((step, index) =>
    step.split(" ").map((word) => ({ index, word })),
  );
  const first = (count: number): ScoreRequest => {
    const steps: string[] = [];
    for (const { index, word } of words.slice(0, count)) {
      steps[index] = steps[index] === undefined ? word : `${steps[index]} ${word}`;
    }
    return { problem: PROBLEM, steps };
  };
  let fits = 1;
  let exceeds = words.length + 1;
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2);
    if (countTokens(prompting, first(middle)) <= tokens) {
      fits = middle;
    } else {
      exceeds = middle;
    }
  }
  return first(fits);
}
