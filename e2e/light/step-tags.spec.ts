/** What each step does, by rules; a reader's correction stands, also when the same text is scored again. */
import { expect, test } from "../app.ts";
import { galleryEntry } from "../gallery-entries.ts";

test("a step's tag is shown, can be set right, and changes what depends on it", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=typing-recovered" });
  await expect(app.row(1).locator("[data-tag]")).toHaveText("backtrack");
  await expect(page.getByTestId("wrongs")).toContainText("recovered by step 2");

  await app.row(1).click();
  const menu = app.detail.getByLabel("Tag of step 2");
  await expect(menu).toHaveValue("backtrack");
  await menu.selectOption("compute");
  await expect(app.row(1).locator("[data-tag]")).toHaveText("compute");
  // Nothing takes the wrong step back any more.
  await expect(page.getByTestId("wrongs")).toContainText("nothing takes step 1 back");

  // Away and back: the text is the same, and so is what was said of it.
  await page.getByRole("button", { name: "Examples" }).click();
  const { title } = galleryEntry("typing-recovered");
  await page.getByRole("main").getByRole("button", { name: title }).click();
  await expect(app.row(1).locator("[data-tag]")).toHaveText("compute");
  await app.row(1).click();
  await menu.selectOption({ label: "backtrack (by the rules)" });
  await expect(page.getByTestId("wrongs")).toContainText("recovered by step 2");
});
