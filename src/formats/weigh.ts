/** How much a value takes when it is copied between threads: the characters of its texts, and something for the rest. */

/** A number, a flag or an object's frame. */
const SMALL = 8;

/** Stops counting at the limit, so that it costs no more than what it saves. The value is as deep as rows may be. */
export function weigh(value: unknown, limit: number): number {
  if (typeof value === "string") {
    return value.length;
  }
  if (typeof value !== "object" || value === null) {
    return SMALL;
  }
  let weight = SMALL;
  for (const part of Object.values(value)) {
    if (weight >= limit) {
      break;
    }
    weight += SMALL + weigh(part, limit - weight);
  }
  return weight;
}
