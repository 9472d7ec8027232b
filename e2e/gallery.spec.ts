/** The examples: there before any model is, true to what was stored, and true to what the model says here. */
import type { GalleryEntry } from "../src/gallery/index.ts";
import { type App, EMBEDDED, expect, expectRewards, test } from "./app.ts";
import { GALLERY, galleryEntry, storedRewards } from "./gallery-entries.ts";

/** One chain of each kind: short and right, thinking and response, recovered, cut by line. */
const SCORED_LIVE = ["train-right", "typing-recovered", "paint-think-wrong", "savings-line"];
const EMBEDDED_MS = 300_000;

function card(app: App, { title }: GalleryEntry) {
  return app.page.getByRole("main").getByRole("button", { name: title });
}

test("the examples open in full while the model never arrives", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ model: EMBEDDED });
  const cards = page.getByRole("main").getByRole("listitem");
  await expect(cards).toHaveCount(GALLERY.length);
  expect(GALLERY.length).toBeGreaterThanOrEqual(10);
  for (const entry of GALLERY) {
    await test.step(entry.id, async () => {
      await card(app, entry).click();
      const expected = storedRewards(entry);
      const firstError = expected.findIndex((reward) => reward < 0.25);
      await expect(app.verdict).toHaveAttribute("data-first-error", String(firstError));
      await expect(app.verdict).toContainText(firstError < 0 ? "No step of" : `Step ${firstError + 1} of`);
      await expect(app.problem).toHaveValue(entry.problem);
      await expect(app.chain).toHaveValue(entry.chain);
      const rows = await app.rows();
      expect(rows.map((row) => row.reward)).toEqual(expected);
      const mean = expected.reduce((sum, reward) => sum + reward, 0) / expected.length;
      expect(await app.trajectoryValue()).toBeCloseTo(mean + (entry.scored.trajectoryReward ?? 0), 9);
      await page.getByRole("button", { name: "Examples" }).click();
    });
  }
});

test("scoring an example here gives the stored rewards", async ({ app, page }) => {
  test.setTimeout(EMBEDDED_MS);
  await app.openReady({ model: EMBEDDED, device: "wasm" });
  for (const id of SCORED_LIVE) {
    await test.step(id, async () => {
      const entry = galleryEntry(id);
      await card(app, entry).click();
      await expect(page.getByText("Scored beforehand by the embedded model")).toBeVisible();
      await app.scoreAgain();
      await expect(page.getByText("Scored beforehand by the embedded model")).toBeHidden();
      expectRewards(await app.rewards(), storedRewards(entry), 0.005);
      expectRewards([await app.trajectoryReward()], [entry.scored.trajectoryReward ?? Number.NaN], 0.005);
      await page.getByRole("button", { name: "Examples" }).click();
    });
  }
});

test("an address leads back to an example, a step, a threshold and an aggregate", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=rice-profit&step=3&threshold=0.05&aggregate=min" });
  const rewards = storedRewards(galleryEntry("rice-profit"));
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "2");
  await expect(app.verdict).toHaveAttribute("data-first-error", "-1");
  await expect(app.trajectoryScore).toHaveAttribute("data-value", String(Math.min(...rewards)));

  await page.getByRole("button", { name: "Examples" }).click();
  await card(app, galleryEntry("train-right")).click();
  await expect(page).toHaveURL(/#example=train-right/);
  await page.goBack();
  await expect(app.problem).toHaveValue(galleryEntry("rice-profit").problem);
});

test("a reward has one number for the eye and the ear", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=garden-operation&step=3" });
  await expect(app.row(2)).toContainText("0.999");
  await expect(app.row(2).getByRole("button", { name: "Step 3, reward 0.999" })).toBeVisible();
  await expect(page).toHaveTitle(/^Step 3: 0\.999 /);
});

test("a chain pasted over an example is previewed, cut by one's own rule", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=savings-line" });
  await expect(app.verdict).toBeVisible();
  await app.paste("How much?", "One step\nof two lines.\n\nAnother.");
  await expect(page.getByRole("heading", { name: "2 steps, not scored yet" })).toBeVisible();
  await expect(app.verdict).toHaveCount(0);
  await expect(page.getByLabel("Steps end at")).toHaveValue("blank-line");
  await expect(page).not.toHaveURL(/example/);
});
