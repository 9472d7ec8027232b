/** A thousand steps: drawn only where one looks, and never in the way of typing and pointing. */
import { expect, joinSteps, test } from "./app.ts";

const COUNT = 1000;
const PROBLEM = "Count.";
const STEPS = Array.from({ length: COUNT }, (_, index) => `n = ${index + 1}`);
const MOST_ROWS = 100;

test("a list of 1,000 steps draws few rows and reaches all", async ({ app }) => {
  await app.openReady({ device: "wasm" });
  const t = performance.now();
  await app.score(PROBLEM, joinSteps(STEPS));
  console.log("score", performance.now() - t);
  const drawn = app.steps.getByRole("listitem");
  expect(await drawn.count()).toBeLessThan(MOST_ROWS);
  await expect(drawn.first()).toHaveAttribute("aria-setsize", String(COUNT));
  const rows = await app.rows();
  console.log("rows", performance.now() - t);
  expect(rows.map((row) => row.text)).toEqual(STEPS);
  expect(rows.filter((row) => row.reward === undefined).map((row) => row.index)).toEqual([]);
  expect(await drawn.count()).toBeLessThan(MOST_ROWS);
});
