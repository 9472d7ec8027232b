/** From a file to a comparison with the embedded model: what else is seen with small models and stored scores, in one go. */
import { EMBEDDED, expect, test } from "./app.ts";
import { openProcessBench } from "./data-files.ts";
import { galleryEntry } from "./gallery-entries.ts";

test("a data set is opened, scored, searched, measured, tagged and compared", async ({ app, page }) => {
  test.setTimeout(240_000);
  await app.openReady({ model: EMBEDDED, device: "wasm" });
  const rows = await openProcessBench(app);
  await rows.first().click();
  await app.scoreAgain();

  // The data set, the arithmetic and the model agree on step 2, each in its own words.
  await expect(app.verdict).toHaveAttribute("data-first-error", "1");
  await expect(app.steps.getByTestId("source-label")).toHaveText(["good", "bad"]);
  await expect(app.row(1)).toContainText("12 - 2 = 9: it is 10");

  await page.keyboard.press("/");
  await page.getByRole("textbox", { name: "Find" }).fill("label:bad score<0.25");
  await expect(app.steps.locator("li[data-found]")).toHaveAttribute("data-step-index", "1");
  await page.keyboard.press("Escape");

  await app
    .row(0)
    .getByRole("button", { name: /^Step 1,/ })
    .click();
  await app
    .row(2)
    .getByRole("button", { name: /^Step 3,/ })
    .click({ modifiers: ["Shift"] });
  await expect(app.timeline.getByRole("heading", { name: /^Steps 1–3/ })).toBeVisible();
  await page.keyboard.press("Escape");

  await app.detail.getByLabel("Tag of step 3").selectOption("verify");
  await expect(app.row(2).locator("[data-tag]")).toHaveText("verify");

  // Thinking and response of a chain that was scored here.
  const { problem, chain } = galleryEntry("paint-think-wrong");
  await app.score(problem, chain);
  await app.steps.getByRole("button", { name: "Thinking to response" }).click();
  const ribbons = page.getByRole("region", { name: "Thinking to response" });
  await expect(ribbons.locator("[data-ribbon]").first()).toBeVisible();
  await page.keyboard.press("t");

  await page.getByRole("button", { name: "Pin to compare" }).click();
  await app.score(problem, chain.replaceAll("62", "72").replaceAll("124", "144"));
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("region", { name: "Aligned steps" })).toContainText("improved");
  await page.getByText("Distribution of the rewards").click();
  await expect(page.getByRole("row", { name: /^A/ }).first()).toBeVisible();
});
