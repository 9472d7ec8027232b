/** The words the checker knows: what computes, what names, what measures, what only joins. All in lower case. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Behind a number they compute, or change what it is: no reader of words stands behind this code. */
const COMPUTING_BEHIND = set(
  "plus minus times over divided multiplied mod modulo squared cubed percent hundred thousand million billion trillion dozen choose factorial",
);
/** Words of a sentence, which are no unit. */
const PROSE = set(
  "and or by less more than to from them us me him is are was were gives makes equals so then which because since but for at in on with if when while as he she it they we you there here this that these those his her their our its my your has have had will would could should can do does did be been therefore thus hence",
);

/** Behind a number they only scale it: "6 dozen", and "6 times" where no number follows. */
export const SCALING_BEHIND = set("times hundred thousand million billion trillion dozen");

export function isComputingWord(word: string): boolean {
  return COMPUTING_BEHIND.has(word);
}

export function isProseWord(word: string): boolean {
  return PROSE.has(word);
}

export function isUnitWord(word: string): boolean {
  return !COMPUTING_BEHIND.has(word) && !PROSE.has(word);
}

/** Words that, before "of" or a number, compute with what follows. */
export const COMPUTING_NOUNS = set(
  "half halves third thirds quarter quarters fourth fifth sixth eighth tenth root square cube power percent percentage average mean median mode log factorial multiple remainder inverse reciprocal double twice digits divisors factors",
);
/** Words that, standing before a number, compute with it. */
export const COMPUTING_BEFORE = set(
  "plus minus times divided multiplied twice thrice half double triple mod modulo root log sin cos tan exp ln gcd lcm max min floor ceil ceiling sqrt cbrt abs round avg fact factorial choose binary octal hex negative square cube",
);
/** They may compute with it: "4 more than 3 + 2", "grew by 10 - 3". */
export const COMPARING_BEFORE = set(
  "by over than less more sum difference product ratio quotient average mean median remainder digits two three four five six seven eight nine ten",
);
/** Words whose number is a name: "Step 1 - 3 + 5 = 8". */
export const LABELS = set(
  "step steps item items chapter chapters section sections equation equations eq eqs eqn row rows column columns line lines figure figures fig problem problems question questions part parts page pages version theorem lemma corollary exercise example formula formulas case cases isbn phone tel telephone call dial zip ref refs reference references no vol pp ch january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec",
);
/** Abbreviations with a stop before a number that is a name. */
export const ABBREVIATIONS = set("eq eqs eqn fig figs no nos vol pp sec ch prob ex thm def prop ref refs");
/** Numbered like labels, but units as well: "Day 1 + 2". */
export const NUMBERED = set("day week month year hour grade level room bus gate route");
export const MONTHS = set(
  "january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec",
);
export const CLOCK = set("am pm o'clock o’clock noon midnight");
/** What is only asked, supposed or denied is claimed by nobody. */
export const UNCLAIMED = set(
  "if not suppose supposing assume assuming whether never cannot can't isn't false unless claim claims claimed say",
);
/** They begin a clause: what stands before them does not compute with what stands behind. */
export const CLAUSE = set(
  "is are was were be equals equal gives give gave makes make made so averages yields yield to through evaluates got then and get gets got have has had means mean because since thus hence therefore that which with we i you he she it they also now but where as total totals totaling costs cost pays paid pay spends spent spend earns earned earn needs need takes took take becomes adds add leaves left leaving uses used use sells sold sell buys bought buy calculate calculating compute computing find contains contain did does do will would in at on for or from",
);
/** Units that may stand between a number and a bracket; any other word there may be a function. */
export const MEASURES = set(
  "second sec minute min hour hr day night week month year decade century inch inche in feet foot ft yard yd mile mi meter metre m cm mm km kilometer kilometre centimeter centimetre millimeter gram g kilogram kg mg pound ounce oz lb ton liter litre l milliliter ml gallon gal quart pint cup cent penny pennie pence dime nickel quarter dollar euro dozen degree radian",
);
/** What may be written against a number; any other few letters there are variables. */
export const GLUED_UNITS = set(
  "cm mm km kg mg ml cl dl lb lbs oz ft in yd yds hr hrs min mins sec secs mph kph gal pts pcs mi am pm kgs kms th st nd rd",
);
const SHORT_WORDS = set(
  "an as at be by do go he if in is it me my no of on or so to up us we am pm cm mm km kg mg ml cl dl lb oz ft hr mi yd tv pc sq cu kb mb gb",
);

/** Whether letters behind a number or a bracket look like a product of variables: "2 xy", "1/2 AB". */
export function looksLikeVariables(word: string): boolean {
  if (word.length === 2) {
    return !SHORT_WORDS.has(word);
  }
  return word === "xyz" || "abcdefghijklmnopqrstuvwxyz".includes(word);
}
