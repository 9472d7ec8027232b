/** The colours of the two sides of a comparison, wherever one of them is drawn: the reference A is quiet, B stands out. */
export const SIDES = {
  A: { mark: "var(--ink-3)", swatch: "bg-ink-3", border: "border-ink-3", text: "text-ink-2" },
  B: { mark: "var(--accent)", swatch: "bg-accent", border: "border-accent", text: "text-accent" },
} as const;

export type Side = keyof typeof SIDES;

/** Of two groups that are no sides: the first stands out. */
const PLACES: readonly Side[] = ["B", "A"];

/** How a group is drawn: by its letter where it is a side of a comparison, else by its place in the pair. */
export function groupColours(letter: Side | undefined, place: 0 | 1): (typeof SIDES)[Side] {
  return SIDES[letter ?? PLACES[place] ?? "A"];
}
