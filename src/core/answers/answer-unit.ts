/** What the words behind a number count or measure, so that 10 pens and 10 cents are told apart. */

/** Words that say nothing of what is counted. */
const FILLERS = new Set(
  "a an the is are was were in of to at all total altogether left remaining overall exactly there he she they it has have will be now".split(
    " ",
  ),
);

/** Words that make another number, or no number, of the one before them. */
const CHANGES = new Set(
  (
    "pi sqrt inf infinity squared cubed factorial half halves third thirds fourth fourths fifth fifths dozen dozens " +
    "hundred hundreds thousand million billion trillion two three four five six seven eight nine ten eleven twelve " +
    "fifteen twenty thirty forty fifty sixty seventy eighty ninety or plus minus over mod modulo choose remainder not"
  ).split(" "),
);

/** Names of one unit. */
const NAMES: Readonly<Record<string, string>> = {
  centimeter: "cm",
  centimetre: "cm",
  millimeter: "mm",
  millimetre: "mm",
  kilometer: "km",
  kilometre: "km",
  meter: "m",
  metre: "m",
  kilogram: "kg",
  gram: "g",
  liter: "l",
  litre: "l",
  hour: "h",
  hr: "h",
  hrs: "h",
  minute: "min",
  mins: "min",
  second: "s",
  sec: "s",
  inche: "inch",
  feet: "foot",
  ft: "foot",
  pound: "lb",
  lbs: "lb",
  usd: "dollar",
  buck: "dollar",
  euro: "eur",
  people: "person",
  children: "child",
};

/** Units of one letter: any other letter by itself is a variable. */
const LETTERS = new Set(["m", "g", "s", "h", "l"]);
const WORD = /^(?:[a-z][a-z'’-]*|µ[a-z])(?:\^\d)?$/;
const POWERS: Readonly<Record<string, string>> = { square: "^2", sq: "^2", cubic: "^3" };
const LONGEST_WITHOUT_PLURAL = 3;

/**
 * @param rest What stands behind a number.
 * @returns Words in order, without duplicates, in singular; empty for words that say nothing, undefined where `rest`
 *   is no unit but changes what the number is: `2 or 3`, `5 x`, `3 hundred`.
 */
export function unitWords(rest: string): readonly string[] | undefined {
  const found = new Set<string>();
  let power = "";
  for (const raw of rest.toLowerCase().split(/[\s/]+/)) {
    const word = raw.replace(/[.,;:!?()"]/g, "");
    if (word === "") {
      continue;
    }
    if (!WORD.test(word) || CHANGES.has(word)) {
      return undefined;
    }
    if (word.length === 1 && word !== "a" && !LETTERS.has(word)) {
      return undefined;
    }
    if (POWERS[word] !== undefined) {
      power = POWERS[word];
    } else if (!FILLERS.has(word)) {
      found.add(`${singular(word)}${power}`);
      power = "";
    }
  }
  return [...found];
}

function singular(word: string): string {
  const hasPlural = word.length > LONGEST_WITHOUT_PLURAL && /[^s]s$/.test(word);
  const one = hasPlural ? word.slice(0, -1) : word;
  return NAMES[word] ?? NAMES[one] ?? one;
}

/** Whether two numbers may be of one unit: one says no more than the other does. */
export function unitsMeet(a: readonly string[], b: readonly string[]): boolean {
  const [less, more] = a.length <= b.length ? [a, b] : [b, a];
  return less.every((word) => more.includes(word));
}
