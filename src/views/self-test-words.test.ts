import { expect, it } from "vitest";
import { selfTestWords } from "./self-test-words.ts";

it.each([
  [0.000004150640794509108, "<0.0001"],
  [0.00123456, "0.0012"],
])("a largest difference of %d is %s", (maxDelta, written) => {
  const words = selfTestWords({ maxDelta, tolerance: 0.005, duration: 1 });
  expect(words).toContain(`reference: ${written}; allowed: 0.005.`);
});
