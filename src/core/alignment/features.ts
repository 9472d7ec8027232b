/** What of a step's text can be found again in another: its numbers, its equations and its telling words. */
import { type Equation, equationsIn } from "../arithmetic/find-equations.ts";
import { tokenize } from "../arithmetic/tokens.ts";

/** A feature and how much it tells: an equation or a result more than another number, that more than a word. */
export type Features = ReadonlyMap<string, number>;

const EQUATION_WEIGHT = 4;
const NUMBER_WEIGHT = 2;
/** What a step works out, besides that it is one of its numbers. */
const RESULT_WEIGHT = 3;
const WORD_WEIGHT = 1;
/** Longer steps are known by their beginning. */
const LONGEST_READ = 6000;
/** Words of so few letters bind other words and tell nothing. */
const SHORTEST_WORD = 4;
const PREFIX = 6;

const COMMON_WORDS = new Set(
  "that this with have from they there then than them were what when where which while will would could should about also into each more most some such only over same just like need needs make makes made find first next last step steps answer total number many much long here because therefore thus hence wait okay yeah sure again check actually really maybe".split(
    " ",
  ),
);

/** All that the alignment asks of a text, read off it at once. */
export interface TextFeatures {
  readonly features: Features;
  /** Numbers that it concludes with: the right sides of its equations, named as among the features. */
  readonly results: ReadonlySet<string>;
}

/**
 * Features by name. Numbers are compared as written without separators and trailing zeros ("1,200" is "1200"),
 * equations without white space, words by their first letters, so that "boxes" meets "box" and "costing" "cost".
 */
export function readFeatures(text: string): TextFeatures {
  const read = text.slice(0, LONGEST_READ);
  const features = new Map<string, number>();
  const tokens = tokenize(read);
  for (const { token } of tokens) {
    if (token.kind === "number") {
      features.set(`number ${plainNumber(token.digits)}`, NUMBER_WEIGHT);
    } else if (token.kind === "word") {
      const word = token.word.replace(/(?:ing|es|ed|s)$/, "").slice(0, PREFIX);
      if (token.word.length >= SHORTEST_WORD && !COMMON_WORDS.has(token.word)) {
        features.set(`word ${word}`, WORD_WEIGHT);
      }
    }
  }
  const { equations } = equationsIn(tokens);
  for (const { start, end } of equations) {
    features.set(`equation ${plainEquation(read.slice(start, end))}`, EQUATION_WEIGHT);
  }
  const results = resultsOf(equations);
  for (const result of results) {
    features.set(`result of ${result}`, RESULT_WEIGHT);
  }
  return { features, results };
}

function resultsOf(equations: readonly Equation[]): ReadonlySet<string> {
  return new Set(
    equations.flatMap(({ right, left }) =>
      right.literal !== undefined && left.some((side) => side.hasOperator)
        ? [`number ${plainNumber(right.literal)}`]
        : [],
    ),
  );
}

function plainNumber(digits: string): string {
  return digits.includes(".") ? digits.replace(/0+$/, "").replace(/\.$/, "") : digits;
}

/** One spelling for the signs that multiply, divide and mark money. */
function plainEquation(source: string): string {
  return source
    .replaceAll(/\\(?:times|cdot)(?![a-zA-Z])|[×·⋅]|(?<=[\d)]) ?x ?(?=[\d($])/g, "*")
    .replaceAll(/\\div(?![a-zA-Z])|÷/g, "/")
    .replaceAll(/[a-zA-Z]{2,}|[\s$€£,\\&{}]/g, "");
}
