import { expect, it } from "vitest";
import { stepMarker } from "./step-marker.ts";

const cut = (text: string) => stepMarker.pieces(text).map(({ start, end }) => text.slice(start, end));

it.each([
  "Step 1:",
  "step 12.",
  "STEP 3)",
  "Step 4 -",
  "Step 4 — ",
  "## Step 5: a",
  "## Step 5",
  "### Step 5 Add",
  "**Step 6**",
  "**Step 6:**",
  "**Step 6** a",
  "### **Step 7**",
  "__Step 8__:",
  "**Step 9**: a",
  "Step\u00a01: a",
  "Step 1.Add",
])("starts a step at %j", (marker) => {
  const text = `Before.\n  ${marker}\nAfter.`;
  expect(cut(text)).toEqual(["Before.", `${marker}\nAfter.`.trim()]);
});

it.each([
  "Step one:",
  "Step 1 is next",
  "Step 3.5 is between",
  "Steps 2: a",
  "Step 2-4: a",
  "In Step 1: a",
  "1. a",
  "Step: a",
  "Stepping 1: a",
  "Step 1,",
  "## Stepwise 1",
  "**Step 1 of",
  "Step\n1:",
])("does not start a step at %j", (text) => {
  expect(cut(`Before.\n${text}\nAfter.`)).toHaveLength(1);
});

it("keeps the steps' texts whole and knows every line break", () => {
  expect(cut("Step 1: a\n\nb\r\nStep 2: c\rStep 3: d")).toEqual(["Step 1: a\n\nb", "Step 2: c", "Step 3: d"]);
});
