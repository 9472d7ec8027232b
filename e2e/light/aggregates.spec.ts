/** One chain, many verdicts: the threshold and the aggregates answer at once, from the rewards on the page. */
import { expect, joinSteps, test } from "../app.ts";
import { EIGHT_STEPS } from "../expected-cases.ts";

/** Digits after the point that two ways of adding the same doubles agree in. */
const DIGITS = 9;

function product(values: readonly number[]): number {
  return values.reduce((whole, value) => whole * value, 1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test.beforeEach(async ({ app }) => {
  await app.openReady({ device: "wasm" });
  await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
});

test("the threshold changes the verdict", async ({ app, page }) => {
  const threshold = page.getByLabel("Bad below");
  await expect(threshold).toHaveValue("0.5");
  await expect(app.verdict).toHaveAttribute("data-first-error", "2");
  for (const [value, firstError, words] of [
    ["0.6", "0", "Step 1 of 8 is the first bad one: reward 0.54, below 0.60."],
    ["0.13", "5", "Step 6 of 8 is the first bad one: reward 0.12, below 0.13."],
    ["0.1", "-1", "No step of 8 falls below 0.10; the lowest is step 6 with 0.12."],
  ] as const) {
    await threshold.fill(value);
    await expect(app.verdict).toHaveAttribute("data-first-error", firstError);
    await expect(app.verdict).toHaveText(words);
  }
  await page.getByRole("button", { name: "Back to the model’s 0.50" }).click();
  await expect(app.verdict).toHaveAttribute("data-first-error", "2");
});

test("every aggregate is computed from the rewards shown", async ({ app, page }) => {
  const rewards = (await app.rewards()).map((reward) => reward ?? Number.NaN);
  expect(rewards).toHaveLength(8);
  const trajectory = await app.trajectoryReward();
  for (const [id, expected] of [
    ["min", Math.min(...rewards)],
    ["product", product(rewards)],
    ["geometric-mean", product(rewards) ** (1 / rewards.length)],
    ["mean", mean(rewards)],
    ["last", rewards.at(-1) ?? Number.NaN],
    ["reasonflux", mean(rewards) + trajectory],
  ] as const) {
    await app.aggregateBy(id);
    expect(await app.trajectoryValue(), id).toBeCloseTo(expected, DIGITS);
  }

  const alpha = page.getByLabel("α");
  for (const weight of [0, 0.5, 1.5, 2]) {
    await alpha.fill(String(weight));
    expect(await app.trajectoryValue(), `α = ${weight}`).toBeCloseTo(
      mean(rewards) + weight * trajectory,
      DIGITS,
    );
  }
  await page.getByRole("switch", { name: "Count the mean step reward" }).click();
  expect(await app.trajectoryValue()).toBeCloseTo(2 * trajectory, DIGITS);
  await page.getByRole("switch", { name: "Count the trajectory reward" }).click();
  await expect(app.trajectoryScore).not.toHaveAttribute("data-value");
  await expect(page.getByText("both terms are off")).toBeVisible();
  await page.getByRole("switch", { name: "Count the mean step reward" }).click();
  expect(await app.trajectoryValue()).toBeCloseTo(mean(rewards), DIGITS);
});
