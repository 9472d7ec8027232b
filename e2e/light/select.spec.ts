/** Ways to a step: keys, chart, list. A step that is only pointed at is a preview; a click locks it. */
import { expect, joinSteps, test } from "../app.ts";
import { EIGHT_STEPS } from "../expected-cases.ts";

const { problem, steps } = EIGHT_STEPS;
const FIRST_BAD = 2;

test.beforeEach(async ({ app }) => {
  await app.openReady({ device: "wasm" });
  await app.score(problem, joinSteps(steps));
  await expect(app.lockedRow).toHaveAttribute("data-step-index", String(FIRST_BAD));
});

test("the keys move over steps and over bad steps, and unlock", async ({ app, page }) => {
  const pressAndExpect = async (key: string, index: number) => {
    await page.keyboard.press(key);
    await expect(app.lockedRow, `after ${key}`).toHaveAttribute("data-step-index", String(index));
    await expect(app.detail.getByRole("heading", { name: `Step ${index + 1}`, exact: true })).toBeVisible();
  };
  await pressAndExpect("n", 4);
  await pressAndExpect("n", 5);
  await pressAndExpect("j", 6);
  await pressAndExpect("j", 7);
  await pressAndExpect("j", 7);
  await pressAndExpect("k", 6);
  await pressAndExpect("p", 5);
  await pressAndExpect("p", 4);
  await pressAndExpect("p", 2);
  await pressAndExpect("p", 2);
  await pressAndExpect("n", 4);
  await page.keyboard.press("Escape");
  await expect(app.lockedRow).toHaveCount(0);
  await expect(app.detail).toHaveText("Choose a step to see its numbers.");
  await pressAndExpect("n", 2);
});

test("letters typed into a field are text, not commands", async ({ app, page }) => {
  await app.problem.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("jknp");
  await expect(app.problem).toHaveValue(`${problem}jknp`);
  await expect(app.lockedRow).toHaveAttribute("data-step-index", String(FIRST_BAD));
});

test("the chart previews what it is pointed at and locks on a click", async ({ app, page }) => {
  const locked = app.detail.getByLabel("locked");
  await expect(locked).toBeVisible();
  await app.hoverChart(1);
  await expect(app.detail.getByRole("heading", { name: "Step 2" })).toBeVisible();
  await expect(locked).toBeHidden();
  await expect(app.timeline).toContainText(`Step 20.66${steps[1]?.slice(0, 40)}`);
  await app.hoverChart(7);
  await expect(app.detail.getByRole("heading", { name: "Step 8" })).toBeVisible();

  await app.verdict.hover();
  await expect(app.detail.getByRole("heading", { name: `Step ${FIRST_BAD + 1}` })).toBeVisible();
  await expect(locked).toBeVisible();

  await app.hoverChart(0);
  await page.mouse.down();
  await page.mouse.up();
  await app.verdict.hover();
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "0");
  await expect(app.row(0)).toBeInViewport();
  await expect(app.detail.getByRole("heading", { name: "Step 1" })).toBeVisible();
  await expect(locked).toBeVisible();
});

test("the list previews in the chart and locks on a click", async ({ app }) => {
  await app.row(3).scrollIntoViewIfNeeded();
  expect(await app.marksOver(3)).toBe(0);
  await app.row(3).hover();
  await expect.poll(() => app.marksOver(3)).toBe(1);
  await expect(app.lockedRow).toHaveAttribute("data-step-index", String(FIRST_BAD));

  await app.row(3).click();
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "3");
  await expect(app.detail.getByRole("heading", { name: "Step 4" })).toBeVisible();
  await app.verdict.hover();
  await expect.poll(() => app.marksOver(3)).toBe(1);
  await expect.poll(() => app.marksOver(FIRST_BAD)).toBe(0);

  // The verdict is a way to its step, too.
  await app.verdict.click();
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "2");
});
