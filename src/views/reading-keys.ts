/** Keys that read a scored chain, by what they do. Bound in use-shortcuts.ts. */
export const READING_KEYS = {
  drop: "d",
  "no-return": "x",
  recovered: "b",
  disagreement: "a",
} as const;
