/** Steps inside of one text, as Math-Shepherd marks them: "Step 1: … ки". RLHFlow's data come from it. */

/** The Cyrillic syllable that ends a step: one token of Mistral's vocabulary. */
export const STEP_TAG = "ки";

export const STEP_ONE = "Step 1:";

/** A question and what follows it from "Step 1:" on. Without that mark all of it follows, and the question is empty. */
export function splitAtStepOne(text: string): { readonly before: string; readonly after: string } {
  const at = text.indexOf(STEP_ONE);
  return at < 0 ? { before: "", after: text } : { before: text.slice(0, at).trim(), after: text.slice(at) };
}

/** The steps without their tags and the white space around them. */
export function splitAtTags(text: string): string[] {
  return text
    .split(STEP_TAG)
    .map((step) => step.trim())
    .filter((step) => step !== "");
}
