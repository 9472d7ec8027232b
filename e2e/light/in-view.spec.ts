/** What the page speaks of is on the screen: the locked step, the result, and what was just opened. */
import { type App, expect, joinSteps, test } from "../app.ts";
import { EIGHT_STEPS } from "../expected-cases.ts";

const { problem, steps } = EIGHT_STEPS;
const WHOLLY = { ratio: 1 } as const;

/** Scores cannot change under the test: the model never arrives. */
async function openExample(app: App, id: string): Promise<void> {
  await app.page.route("**/models/**", () => undefined);
  await app.open({ hash: `#example=${id}` });
  await expect(app.lockedRow).toBeVisible();
}

function scrollTop(app: App): Promise<number> {
  return app.page.evaluate(() => scrollY + (document.querySelector("main")?.scrollTop ?? Number.NaN));
}

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
]) {
  test.describe(() => {
    test.use({ viewport });

    test(`a laptop of ${viewport.height} lines shows the locked step and others at once`, async ({ app }) => {
      await openExample(app, "trip-long");
      await expect(app.lockedRow).toBeInViewport(WHOLLY);
      expect(await scrollTop(app)).toBe(0);
      for (const index of [7, 6, 5]) {
        await expect(app.row(index)).toBeInViewport(WHOLLY);
      }
    });
  });
}

for (const viewport of [
  { width: 900, height: 1100 },
  { width: 380, height: 800 },
]) {
  test.describe(() => {
    test.use({ viewport });

    test(`${viewport.width} px: the lock stays on the screen wherever it goes`, async ({ app, page }) => {
      await openExample(app, "trip-long");
      expect(await scrollTop(app), "a page that has just opened").toBe(0);
      for (const key of ["k", "k", "p", "p", "j", "j", "j", "n"]) {
        await page.keyboard.press(key);
        await expect(app.lockedRow, `after ${key}`).toBeInViewport(WHOLLY);
      }
      await app.verdict.click();
      await expect(app.lockedRow).toHaveAttribute("data-step-index", "7");
      await expect(app.lockedRow).toBeInViewport(WHOLLY);
      await app.chart.click({ position: { x: 100, y: 80 } });
      await expect(app.lockedRow).toBeInViewport(WHOLLY);

      // A row that is chosen where it is seen leaves the page alone.
      const before = await scrollTop(app);
      await app.lockedRow.click();
      expect(await scrollTop(app)).toBe(before);
    });
  });
}

test.describe(() => {
  test.use({ viewport: { width: 380, height: 800 } });

  test("a phone shows the result of a Score, and an empty field that keeps it from starting", async ({
    app,
  }) => {
    await app.openReady({ device: "wasm" });
    await app.scoreAgain();
    await expect(app.problem).toBeInViewport();
    await app.score(problem, joinSteps(steps));
    await expect(app.verdict).toBeInViewport(WHOLLY);
    await expect(app.trajectoryScore).toBeInViewport(WHOLLY);
  });
});

test.describe(() => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test("what is opened below the fold comes into view", async ({ app }) => {
    await openExample(app, "rice-profit");
    await app.detail.getByText("What the model saw").click();
    await expect(app.detail.getByRole("region", { name: "Prompt" })).toBeInViewport(WHOLLY);
  });
});

test("the name of a lane is whole while any of its first step is seen", async ({ app }) => {
  await openExample(app, "trip-long");
  const name = app.row(0).getByText("Thinking");
  const list = app.steps.getByRole("list").locator("..");
  await list.evaluate((element) => element.scrollTo(0, 6));
  const topOf = async (locator: typeof list) => (await locator.boundingBox())?.y ?? Number.NaN;
  expect(await topOf(name)).toBeGreaterThanOrEqual(await topOf(list));
});

test("text of a step can be selected without moving the lock", async ({ app, page }) => {
  await openExample(app, "rice-profit");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "1");
  const box = await app.row(2).getByText("The answer is 11.").boundingBox();
  const [x, y] = [(box?.x ?? 0) + 2, (box?.y ?? 0) + 11];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 70, y, { steps: 5 });
  await page.mouse.up();
  expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^The an/);
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "1");
  await app.row(2).click();
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "2");
});
