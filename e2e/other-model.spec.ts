/** A model that says less than the page's own: nothing is shown that it does not give a meaning. */
import { fileURLToPath } from "node:url";
import { EMBEDDED, expect, joinSteps, test } from "./app.ts";

const CHECKPOINT = fileURLToPath(new URL("fixtures/checkpoints/tiny-trl-prm", import.meta.url));
const LIMITS = "What this model can and cannot do";

test("a model without a trajectory reward is summed up by the mean", async ({ app, page }) => {
  await app.open({ model: EMBEDDED, device: "wasm" });
  await expect(page.getByText(LIMITS)).toBeVisible();
  await app.open({ device: "wasm" });
  await app.idle();
  await expect(page.getByText(LIMITS)).toHaveCount(0);

  await page.getByRole("button", { name: "Models" }).click();
  await page.getByLabel("Store weights as").selectOption("fp32");
  await page.getByLabel("Model folder").setInputFiles(CHECKPOINT);
  await app.idle();
  await page.getByRole("button", { name: "Use tiny-trl-prm, fp32" }).click();
  await app.idle();
  await app.score("What is 2 + 3?", joinSteps(["2 + 3 = 5", "The answer is 5."]));
  const [first = 0, second = 0] = await app.rewards();
  await expect(page.getByLabel("Trajectory score by")).toHaveValue("mean");
  expect(await app.trajectoryValue()).toBeCloseTo((first + second) / 2, 9);
  await expect(app.detail).toContainText("Reward");
  await expect(app.detail).not.toContainText("Survival so far");
  await expect(app.detail).not.toContainText("Value so far");
  await expect(page.getByText(LIMITS)).toHaveCount(0);

  // Asked for by name it is shown, with the reason for the dash.
  await app.aggregateBy("reasonflux");
  await expect(page.getByText("this model has no trajectory reward")).toBeVisible();
});
