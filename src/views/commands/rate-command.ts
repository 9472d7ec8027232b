const WORDS = /[\p{L}\p{N}]+/gu;
/** A word that only begins as what was typed counts as this much later than one that is it. */
const BEGINNING = 0.5;
/** Of commands that fit alike the shorter comes first. */
const LONGEST_LABEL = 100;

/**
 * How well a command fits what was typed, from 0 (not at all) to 1: every word typed is or begins one of its words, the
 * earlier the better. No letters are skipped: what one types is what one means, and Enter follows at once.
 */
export function rateCommand(label: string, typed: string): number {
  const words: readonly string[] = label.toLowerCase().match(WORDS) ?? [];
  let latest = 0;
  for (const wanted of typed.toLowerCase().match(WORDS) ?? []) {
    const whole = words.indexOf(wanted);
    const begun = words.findIndex((word) => word.startsWith(wanted));
    if (begun < 0) {
      return 0;
    }
    latest = Math.max(latest, whole >= 0 ? whole : begun + BEGINNING);
  }
  return 1 / (1 + latest + words.length / LONGEST_LABEL);
}
