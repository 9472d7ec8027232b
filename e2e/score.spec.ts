/** From a pasted chain to the step where it breaks. */
import { EMBEDDED, expect, test } from "./app.ts";

const PROBLEM =
  "A shop buys a sack of 50 kilograms of rice for $50 and sells it at $1.20 a kilogram. What is its profit?";
const WRONG = [
  "The shop sells 50 kilograms at $1.20 each, so it takes in 50 x 1.20 = $60.",
  "The sack cost $50, so the profit is 60 - 50 = $11.",
  "The answer is 11.",
] as const;

test("names the wrong step of a pasted chain", async ({ app, page }) => {
  await app.open({ model: EMBEDDED, device: "wasm" });
  await app.write(PROBLEM, WRONG.join("\n\n"));
  // Before anything is scored the page shows where it will cut.
  await expect(page.getByRole("heading", { name: "3 steps, not scored yet" })).toBeVisible();
  await expect(app.row(1)).toContainText(WRONG[1]);
  // Score may be pressed before the model is there.
  await app.scoreAgain();

  await expect(app.verdict).toHaveAttribute("data-first-error", "1");
  await expect(app.verdict).toHaveText(/^Step 2 of 3 is the first bad one: reward 0\.\d+, below 0\.25\.$/);
  const rows = await app.rows();
  expect(rows.map((row) => row.text)).toEqual(WRONG);
  const [first = 0, wrong = 1, last = 0] = rows.map((row) => row.reward);
  expect(wrong).toBeLessThan(0.25);
  expect(Math.min(first, last)).toBeGreaterThan(0.5);
  expect(rows[1]?.words).toContain("first bad step");

  await expect(app.lockedRow).toHaveAttribute("data-step-index", "1");
  await expect(app.detail.getByRole("heading", { name: "Step 2" })).toBeVisible();
  await expect(app.detail.getByTitle(String(wrong))).toHaveText(new RegExp(`Reward.*${wrong.toFixed(2)}`));
});
