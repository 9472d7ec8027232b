/** A range of steps, dragged on the chart, or from one step to another: what its rewards come to. */
import { type App, expect, test } from "../app.ts";

const panelIn = (app: App) => app.timeline.getByRole("region", { name: "Range of steps" });

test.beforeEach(async ({ app }) => {
  await app.page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=trip-long" });
  await expect(app.lockedRow).toBeVisible();
});

test("a drag on the chart snaps to steps, and its numbers are those of its rows", async ({ app, page }) => {
  const panel = panelIn(app);
  const lock = app.detail.getByRole("heading", { level: 2 });
  await expect(lock).toHaveText("Step 8");
  const rewards = await app.rewards();
  await app.chart.scrollIntoViewIfNeeded();
  await app.hoverChart(3);
  await page.mouse.down();
  await app.hoverChart(7);
  await app.hoverChart(11);
  await page.mouse.up();
  await expect(panel.getByRole("heading")).toHaveText("Steps 4–129 steps");
  const chosen = rewards.slice(3, 12).map((reward) => reward ?? Number.NaN);
  const min = Math.min(...chosen);
  await expect(panel.getByText(`step ${chosen.indexOf(min) + 4}`, { exact: true })).toBeVisible();
  const mean = chosen.reduce((sum, reward) => sum + reward, 0) / chosen.length;
  expect(Number(await panel.getByTitle(/^reward /).textContent())).toBeCloseTo(mean, 1);
  // The drag was no click.
  await page.mouse.move(0, 0);
  await expect(lock).toHaveText("Step 8");

  await panel.getByRole("button", { name: "Zoom to it" }).click();
  const map = app.timeline.getByRole("region", { name: "Map of all steps" });
  await expect(map.getByRole("slider", { name: "Steps shown" })).toHaveAttribute(
    "aria-valuetext",
    /^steps 4 to 12 of/,
  );
  await panel.getByRole("button", { name: "Clear" }).click();
  await expect(panel).toBeHidden();
});

test("from one step to another in the list and by keys; Escape clears it, then the lock", async ({
  app,
  page,
}) => {
  const panel = panelIn(app);
  await app.hoverChart(5);
  await page.mouse.down();
  await page.mouse.up();
  await page.mouse.move(0, 0);
  await app
    .row(7)
    .getByRole("button", { name: /^Step 8,/ })
    .click({ modifiers: ["Shift"] });
  await expect(panel.getByRole("heading")).toHaveText("Steps 6–83 steps");
  await page.keyboard.press("Shift+K");
  await page.keyboard.press("Shift+K");
  await page.keyboard.press("Shift+K");
  await expect(panel.getByRole("heading")).toHaveText("Steps 5–62 steps");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "4");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "4");
  await page.keyboard.press("Escape");
  await expect(app.lockedRow).toHaveCount(0);
});

test("a drag is over when the button is let go, even where no click follows", async ({ app, page }) => {
  const panel = panelIn(app);
  await app.chart.scrollIntoViewIfNeeded();
  await app.hoverChart(3);
  await page.mouse.down();
  await app.hoverChart(7);
  await expect(panel.getByRole("heading")).toHaveText("Steps 4–85 steps");
  await app.muffle("click");
  await page.mouse.up();
  await app.hoverChart(11);
  await app.hoverChart(15);
  await expect(panel.getByRole("heading")).toHaveText("Steps 4–85 steps");

  // Nor where nothing is heard at all.
  await page.mouse.down();
  await app.hoverChart(19);
  await expect(panel.getByRole("heading")).toHaveText("Steps 16–205 steps");
  await app.muffle("pointerup");
  await app.muffle("lostpointercapture");
  await page.mouse.up();
  await app.hoverChart(11);
  await app.hoverChart(7);
  await expect(panel.getByRole("heading")).toHaveText("Steps 16–205 steps");
});
