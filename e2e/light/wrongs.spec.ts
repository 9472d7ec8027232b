/** Three ways to go wrong: named in a sentence, marked under the chart, and each with a key. */
import { expect, test } from "../app.ts";

test.beforeEach(async ({ page }) => {
  await page.route("**/models/**", () => undefined);
});

test("a drop, a recovered dip and a point of no return are named, marked and reached by key", async ({
  app,
  page,
}) => {
  await app.open({ hash: "#example=trip-long" });
  const words = page.getByTestId("wrongs");
  await expect(words).toHaveText(
    "First drop at step 7 (0.39, after a mean of 0.82); dip at step 8 recovered by step 13.",
  );
  const marks = app.chart.locator("[data-wrong]");
  // The last step is bad, and has nothing behind it to return to.
  await expect(marks).toHaveCount(2);
  const leads = async (key: string, index: number) => {
    await page.keyboard.press(key);
    await expect(app.lockedRow, `after ${key}`).toHaveAttribute("data-step-index", String(index));
  };
  await leads("d", 6);
  await leads("b", 7);
  await app.timeline.getByRole("button", { name: "recovered dip" }).click();
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "7");

  // Everything follows the slider: with a high one the steps never come back.
  await page.getByLabel("Bad below").fill("0.9");
  await expect(words).toContainText("no return from step 1 on.");
  await expect(app.chart.locator("[data-lost]")).toHaveCount(1);
  await leads("x", 0);
  // With no bad step there is no dip to recover from.
  await page.getByLabel("Bad below").fill("0");
  await expect(marks.and(page.locator("[data-wrong=recovered]"))).toHaveCount(0);
  await expect(app.timeline.getByRole("button", { name: "no return" })).toBeDisabled();
});

test("words that take a step back repair it, a later good step does not", async ({ app, page }) => {
  await app.open({ hash: "#example=typing-recovered" });
  await expect(page.getByTestId("wrongs")).toHaveText(
    "First drop at step 1 (0.09); dip at step 1 recovered by step 2.",
  );
  await app.open({ hash: "#example=rice-profit" });
  await page.reload();
  await expect(page.getByTestId("wrongs")).toHaveText(
    "First drop at step 2 (0.07, after a mean of 0.78); nothing takes step 2 back.",
  );
  // Marked and in reach, without a line under the good step behind it.
  await expect(app.timeline.getByRole("button", { name: "not taken back" })).toBeEnabled();
  await expect(app.chart.locator("[data-wrong=no-return]")).toHaveCount(1);
  await expect(app.chart.locator("[data-lost]")).toHaveCount(0);
});
