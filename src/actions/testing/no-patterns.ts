import type { PatternSearch } from "../../core/find/spans.ts";

/** For what looks for no regular expressions. */
export const NO_PATTERNS: PatternSearch = { find: () => Promise.reject(new Error("looks for no patterns")) };
