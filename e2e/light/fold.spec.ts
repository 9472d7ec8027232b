/** What is long or says the same over and over takes little room, and opens where it is asked for. */
import { type App, expect, joinSteps, test } from "../app.ts";

const COUNT = 60;
const LONG = 30;

/** Twenty sums, a step of 20,000 characters, and more sums. */
const STEPS = Array.from({ length: COUNT }, (_, index) =>
  index === LONG ? "A long thought about the sum. ".repeat(700) : `${index} + 1 = ${index + 1}`,
);

const foldsIn = (app: App) => app.steps.getByTestId("fold");

test.beforeEach(async ({ app, page }) => {
  // Folding needs no scores: the model never arrives.
  await page.route("**/models/**", () => undefined);
  await app.open();
  await app.paste("Count.", joinSteps(STEPS));
  await app.scoreButton.click();
  await expect(app.row(0)).toBeVisible();
});

test("similar steps are one line each run, which opens and folds again", async ({ app }) => {
  const fold = app.steps.getByRole("switch", { name: "Fold similar steps" });
  await fold.click();
  await expect(foldsIn(app)).toHaveCount(2);
  await expect(foldsIn(app).first()).toContainText("1–30");
  await expect(foldsIn(app).first()).toContainText("30 similar steps");
  await expect(app.row(0)).toBeHidden();
  await expect(app.row(LONG)).toBeVisible();
  await expect(app.row(LONG)).toHaveAttribute("aria-posinset", String(LONG + 1));
  const toggle = foldsIn(app).first().getByRole("button");
  await toggle.click();
  await expect(app.row(0)).toBeVisible();
  await expect(toggle).toHaveAttribute("aria-expanded", "true");
  await toggle.click();
  await expect(app.row(0)).toBeHidden();
  await fold.click();
  await expect(foldsIn(app)).toHaveCount(0);
  await expect(app.row(0)).toBeVisible();
});

test("a selection and a hit open the run they are in", async ({ app, page }) => {
  await app.steps.getByRole("switch", { name: "Fold similar steps" }).click();
  await page.keyboard.press("/");
  await page.keyboard.type('"45 + 1"');
  await expect(foldsIn(app).nth(1)).toContainText("1 hit");
  await page.keyboard.press("Enter");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "45");
  await expect(app.lockedRow).toBeInViewport();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "0");
  await expect(app.lockedRow).toBeInViewport();
});

test("a step of 20,000 characters is folded, and its toggle stays in reach while it is open", async ({
  app,
}) => {
  await app.steps.getByRole("switch", { name: "Fold similar steps" }).click();
  const long = app.row(LONG);
  const heightOf = async () => (await long.boundingBox())?.height ?? Number.NaN;
  expect(await heightOf()).toBeLessThan(320);
  await long.getByRole("button", { name: "Show the whole step" }).click();
  const list = app.steps.getByRole("list").locator("..");
  await expect.poll(heightOf).toBeGreaterThan(2000);
  const less = long.getByRole("button", { name: "Show less" });
  await expect(less).toBeInViewport({ ratio: 1 });
  await list.evaluate((element) => element.scrollTo(0, 1500));
  await expect(less).toBeInViewport({ ratio: 1 });
  await less.click();
  await expect.poll(heightOf).toBeLessThan(320);
});
