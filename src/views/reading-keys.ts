/** Keys that read a scored chain, by what they do. Bound in commands/reading.ts. */
export const READING_KEYS = {
  drop: "d",
  "no-return": "x",
  recovered: "b",
  disagreement: "a",
  raw: "r",
  ribbons: "t",
} as const;
