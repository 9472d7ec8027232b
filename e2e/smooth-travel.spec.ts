/**
 * 1,000 steps are scrolled, zoomed, dragged over and looked through, and what is drawn of them, of long texts and of
 * comparisons is pointed at: no task takes 50 ms.
 */
import type { Locator } from "@playwright/test";
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

/** Traced from here to the end of `go`: no task of the page's thread is long. */
async function expectSmooth(app: App, way: string, go: () => Promise<void>): Promise<void> {
  const browser = app.page.context().browser();
  await browser?.startTracing(app.page, TRACED);
  await go();
  const tasks = mainThreadTasks((await browser?.stopTracing()) ?? Buffer.alloc(0));
  expect(tasks.length).toBeGreaterThan(50);
  expect
    .soft(tasks[0], `${way}: the longest tasks are ${tasks.slice(0, 5).join(", ")} ms`)
    .toBeLessThan(LONGEST_TASK_MS);
}

test("nothing that one does on 1,000 steps holds the page up", async ({ app }) => {
  test.setTimeout(180_000);
  await app.openReady({ device: "wasm" });
  await app.paste("Count.", joinSteps(STEPS));
  await app.scoreAgain();
  for (const [way, go] of Object.entries(WAYS)) {
    // What is compiled and laid out for the first time is no part of the way.
    await go(app);
    await expectSmooth(app, way, () => go(app));
  }
});

/** As many hits as are listed of one text, each beside a token of its own. */
const LONG_STEP = Array.from({ length: 1000 }, (_, index) => `hit ${index % 10}`).join(" ");
const LONG_THOUGHTS = 30;
const WORDS = 800;

function sumStep(index: number): string {
  return `In case ${index} there are ${index} + 7 = ${index + 7} people at the station.`;
}

/** One step with hits, some long ones, and in both lanes many of the length of a sentence. */
function longTexts(word: string): string {
  const thoughts = Array.from({ length: COUNT / 2 }, (_, index) =>
    index < LONG_THOUGHTS
      ? Array.from({ length: WORDS }, (_unused, place) =>
          place % 6 === 0 ? word : `w${(index * WORDS + place) % 997}`,
        ).join(" ")
      : sumStep(index),
  );
  const response = Array.from({ length: COUNT / 2 }, (_, index) => sumStep(index));
  return `<think>\n${joinSteps([LONG_STEP, ...thoughts])}\n</think>\n\n${joinSteps(response)}`;
}

/** Moves the pointer down over the rows of a region, again and again. */
async function sweep({ page }: App, region: Locator): Promise<void> {
  const { x = 0, y = 0, width = 0, height = 0 } = (await region.boundingBox()) ?? {};
  const bottom = Math.min(y + height, page.viewportSize()?.height ?? 0);
  for (let turn = 0; turn < 10; turn += 1) {
    for (let at = bottom - 240; at < bottom - 4; at += 20) {
      await page.mouse.move(x + width / 4, at);
    }
  }
}

test("pointing at long texts, ribbons and comparisons holds nothing up", async ({ app, page }) => {
  test.setTimeout(240_000);
  await app.openReady({ device: "wasm" });
  await app.paste("Count.", longTexts("before"));
  await app.scoreAgain();
  await page.keyboard.press("/");
  await page.keyboard.type("hit");
  await page.getByRole("button", { name: "Show the whole step" }).first().click();
  await expect(app.row(0).locator("mark")).toHaveCount(1000);
  await expectSmooth(app, "a long step with hits", async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      await app.row(0).locator("mark").nth(turn).hover();
      await app.idle();
      await app.chart.hover();
      await app.idle();
    }
  });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await page.keyboard.press("t");
  const ribbons = page.getByRole("region", { name: "Thinking to response" });
  await expect(ribbons.locator("[data-ribbon]").first()).toBeVisible();
  await expectSmooth(app, "ribbons", async () => {
    await sweep(app, ribbons);
    await page.getByLabel("Bad below").focus();
    for (let tick = 0; tick < 10; tick += 1) {
      await page.keyboard.press("ArrowRight");
    }
  });

  await page.keyboard.press("t");
  await page.getByRole("button", { name: "Pin to compare" }).click();
  await app.paste("Count.", longTexts("after"));
  await app.scoreAgain();
  await page.getByRole("button", { name: "Compare with A" }).click();
  const rows = page.getByRole("region", { name: "Aligned steps" });
  await rows.getByRole("listitem").first().hover();
  await page.mouse.wheel(0, 4000);
  await expect(rows.locator("mark").first()).toBeAttached();
  await app.idle();
  await expectSmooth(app, "a comparison", () => sweep(app, rows));
});
