/** The ratios that sum a run up: both sides are measured in the same run, in turn. */

/** `value`, and the medians it came from: their keys end in their unit. */
export type Ratio = { readonly value: number } & Readonly<Record<string, number>>;

interface Target {
  readonly meaning: string;
  readonly bound: readonly ["at least" | "at most", number];
}

/** A ratio without a bound is told as it is. */
export const RATIOS = {
  onePassVsPrefixes40: { meaning: "40 steps: a pass a prefix / one pass", bound: ["at least", 15] },
  editLastVsFull40: { meaning: "40 steps: one pass / after an edit of the last", bound: ["at least", 12] },
  editFirstVsFull40: { meaning: "40 steps: after an edit of the first / one pass", bound: ["at most", 1.1] },
  bestOf8VsSeparate: {
    meaning: "8 candidates: each for itself / one after the other",
    bound: ["at least", 1.7],
  },
  nodeVsTorchFp32: { meaning: "passes over 1k tokens: PyTorch in float32 / Node", bound: ["at least", 1] },
  wasmVsNode: { meaning: "tokens a second at 1k: WASM / Node", bound: ["at least", 0.25] },
  doubling1k: { meaning: "time of 2k / time of 1k", bound: ["at most", 2.4] },
  growthExponent: { meaning: "time grows as the length to this power, from 1k up", bound: undefined },
} as const satisfies Record<string, Omit<Target, "bound"> & { readonly bound: Target["bound"] | undefined }>;

export type RatioId = keyof typeof RATIOS;
/** A ratio that could not be measured is absent. */
export type Ratios = Readonly<Partial<Record<RatioId, Ratio>>>;

function isMet(id: RatioId, value: number): boolean | undefined {
  const { bound } = RATIOS[id];
  if (bound === undefined) {
    return undefined;
  }
  return bound[0] === "at least" ? value >= bound[1] : value <= bound[1];
}

/** Rows of a table: those that were measured. */
export function ratioRows(ratios: Ratios): Record<string, Record<string, string>> {
  const rows: Record<string, Record<string, string>> = {};
  for (const id of Object.keys(RATIOS) as RatioId[]) {
    const { meaning, bound } = RATIOS[id];
    const value = ratios[id]?.value;
    if (value !== undefined) {
      const met = isMet(id, value);
      rows[id] = {
        ratio: value.toFixed(2),
        target: bound === undefined ? "" : `${bound[0]} ${bound[1]}`,
        met: met === undefined ? "" : met ? "yes" : "no",
        meaning,
      };
    }
  }
  return rows;
}
