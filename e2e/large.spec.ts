/** A thousand steps: drawn only where one looks, and never in the way of typing and pointing. */
import { expect, joinSteps, test } from "./app.ts";

const COUNT = 1000;
const STEPS = Array.from({ length: COUNT }, (_, index) => `n = ${index + 1}`);
/** Far fewer than there are steps, however tall the window. */
const MOST_ROWS = 100;

test("1,000 steps: few rows are drawn, and typing and pointing work while they are scored", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await app.paste("Count.", joinSteps(STEPS));
  await app.scoreButton.click();
  await expect(app.row(0)).toHaveAttribute("data-reward", /./);

  await app.problem.press("End");
  await app.problem.pressSequentially(" Slowly.");
  await expect(app.problem).toHaveValue("Count. Slowly.");
  const shownStep = async () =>
    Number((await app.detail.getByRole("heading").first().textContent())?.match(/\d+/));
  await app.hoverChart(899);
  await expect.poll(shownStep).toBeGreaterThan(890);
  await app.hoverChart(99);
  await expect.poll(shownStep).toBeLessThan(110);
  await app.row(2).hover();
  await app.row(1).click();
  await expect(app.detail.getByRole("heading", { name: "Step 2" })).toBeVisible();
  // All of this while the run was still going.
  await expect(app.stopButton).toBeVisible();
  await app.stopButton.click();
  await app.idle();

  const drawn = app.steps.getByRole("listitem");
  expect(await drawn.count()).toBeLessThan(MOST_ROWS);
  await expect(drawn.first()).toHaveAttribute("aria-setsize", String(COUNT));
  const rows = await app.rows();
  expect(rows.map((row) => row.text)).toEqual(STEPS);
  expect(rows.some((row) => row.reward !== undefined)).toBe(true);
  expect(await drawn.count()).toBeLessThan(MOST_ROWS);
  await page.keyboard.press("Escape");
  await page.keyboard.press("k");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", String(COUNT - 1));
  await expect(app.row(COUNT - 1)).toBeInViewport();
});
