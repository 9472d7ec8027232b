/** 1,000 scored steps are scrolled, pointed at, zoomed, dragged over and looked through: no task takes 50 ms. */
import { type App, expect, joinSteps, test } from "./app.ts";
import { LONGEST_TASK_MS, mainThreadTasks } from "./main-thread.ts";

const COUNT = 1000;
const STEPS = Array.from({ length: COUNT }, (_, index) => `n = ${index + 1}`);
const TRACED = { categories: ["toplevel", "devtools.timeline", "__metadata"] };

async function centreOf(app: App, name: string): Promise<readonly [x: number, y: number]> {
  const box = await app.timeline.getByRole("region", { name }).boundingBox();
  return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
}

const WAYS: Record<string, (app: App) => Promise<void>> = {
  "scrolling and pointing": async (app) => {
    const { page } = app;
    await app.steps.getByRole("listitem").first().hover();
    for (let turn = 0; turn < 30; turn += 1) {
      await page.mouse.wheel(0, 400);
      await page.waitForTimeout(16);
    }
    for (let index = 99; index < COUNT - 1; index += 100) {
      await app.hoverChart(index);
    }
  },
  "zooming and dragging over the map": async (app) => {
    const { page } = app;
    await page.keyboard.press("0");
    await app.chart.hover();
    await page.keyboard.down("Control");
    for (let turn = 0; turn < 12; turn += 1) {
      await page.mouse.wheel(0, -100);
    }
    await page.keyboard.up("Control");
    const [x, y] = await centreOf(app, "Map of all steps");
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 300, y, { steps: 40 });
    await page.mouse.move(x + 300, y, { steps: 40 });
    await page.mouse.up();
  },
  "typing in find and going from hit to hit": async (app) => {
    const { page } = app;
    await page.keyboard.press("/");
    await page.keyboard.type("n = 1 score>0.1", { delay: 30 });
    for (let press = 0; press < 10; press += 1) {
      await page.keyboard.press("Enter");
    }
    await page.keyboard.press("Escape");
  },
};

test("nothing that one does on 1,000 steps holds the page up", async ({ app, browser, page }) => {
  test.setTimeout(180_000);
  await app.openReady({ device: "wasm" });
  await app.paste("Count.", joinSteps(STEPS));
  await app.scoreAgain();
  for (const [way, go] of Object.entries(WAYS)) {
    // What is compiled and laid out for the first time is no part of the way.
    await go(app);
    await browser.startTracing(page, TRACED);
    await go(app);
    const tasks = mainThreadTasks(await browser.stopTracing());
    expect(tasks.length).toBeGreaterThan(50);
    expect(tasks[0], `${way}: the longest tasks are ${tasks.slice(0, 5).join(", ")} ms`).toBeLessThan(
      LONGEST_TASK_MS,
    );
  }
});
