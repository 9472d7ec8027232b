/** Which answers of one problem are one answer, for a vote among them. */
import { type AnswerReading, answersMeet } from "./answer-key.ts";

/**
 * Groups answers: the same name for those that are one. What the reference answer is met by is one group. Of the
 * others the one that says most leads its group (10 red pens before 10 pens before 10), and an answer that more than
 * one leader would be met by, a bare 10 between 10 pens and 10 cents, stays by itself.
 *
 * @param gold The reference answer of the problem.
 * @returns A name for each answer, in order; undefined for none.
 */
export function groupAnswers(
  answers: readonly (AnswerReading | undefined)[],
  gold?: AnswerReading,
): readonly (string | undefined)[] {
  const different = new Map<string, AnswerReading>();
  for (const answer of answers) {
    if (answer !== undefined) {
      different.set(nameOf(answer), answer);
    }
  }
  const groups = new Map<string, string>();
  const leaders = new Map<string, string[]>();
  // By what they say alone: in which order the chains came is not to matter.
  const ordered = [...different].sort(
    ([x, a], [y, b]) => factsOf(b) - factsOf(a) || b.unit.length - a.unit.length || (x < y ? -1 : 1),
  );
  for (const [name, answer] of ordered) {
    if (gold !== undefined && answersMeet(answer, gold)) {
      groups.set(name, nameOf(gold));
      continue;
    }
    const near = bucketsOf(answer).flatMap((bucket) => leaders.get(bucket) ?? []);
    const met = new Set(
      near.filter((leader) => {
        const other = different.get(leader);
        return other !== undefined && answersMeet(answer, other);
      }),
    );
    const [only] = met;
    if (only !== undefined && met.size === 1) {
      groups.set(name, only);
      continue;
    }
    groups.set(name, name);
    if (met.size === 0) {
      for (const bucket of bucketsOf(answer)) {
        leaders.set(bucket, [...(leaders.get(bucket) ?? []), name]);
      }
    }
  }
  return answers.map((answer) => answer && groups.get(nameOf(answer)));
}

function nameOf({ choice, value, unit }: AnswerReading): string {
  const words = [choice, value, ...unit.toSorted()].filter((word) => word !== undefined);
  return words.join(" ");
}

/** How much an answer says. */
function factsOf({ choice, value, unit }: AnswerReading): number {
  return unit.length + (choice === undefined ? 0 : 1) + (value === undefined ? 0 : 1);
}

/** Only answers with one of these in common can meet. */
function bucketsOf({ choice, value }: AnswerReading): readonly string[] {
  return [
    ...(choice === undefined ? [] : [`choice ${choice}`]),
    ...(value === undefined ? [] : [`value ${value}`]),
  ];
}
