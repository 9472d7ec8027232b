/** What is pointed at, clicked or chosen stays where it is: boxes before and after. */
import type { Locator, Page } from "@playwright/test";
import { type App, EMBEDDED, expect, joinSteps, test } from "./app.ts";

const WIDE = { width: 1440, height: 900 };
test.use({ viewport: WIDE });

async function openExample(app: App): Promise<void> {
  await app.page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=trip-long" });
  await expect(app.lockedRow).toBeVisible();
}

/** Collects every height an element has from now on. */
async function watchHeight(element: Locator): Promise<() => Promise<readonly number[]>> {
  const heights = await element.evaluateHandle((watched) => {
    const seen = [watched.getBoundingClientRect().height];
    new ResizeObserver(() => seen.push(watched.getBoundingClientRect().height)).observe(watched);
    return seen;
  });
  return () => heights.evaluate((seen) => [...new Set(seen)]);
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

for (const width of [1440, 900, 380]) {
  test(`pointing at the timeline moves nothing at ${width} px`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openExample(app);
    await app.chart.scrollIntoViewIfNeeded();
    const before = await app.chart.boundingBox();
    await app.hoverChart(9);
    await expect(app.timeline.getByText("Step 10", { exact: true })).toBeVisible();
    expect(await app.chart.boundingBox()).toEqual(before);
  });
}

test("Score becomes Stop under the pointer", async ({ app, page }) => {
  // The weights never come: the run waits.
  await page.route("**/*.onnx_data*", () => undefined);
  await app.open({ model: EMBEDDED, device: "wasm" });
  await expect(app.model.getByRole("progressbar")).toHaveAttribute("aria-valuenow", /[1-9]/);
  await app.write("What is 2 + 2?", "2 + 2 = 4.\n\nThe answer is 4.");
  await expect(app.row(1)).toBeVisible();
  const score = await app.scoreButton.boundingBox();
  await app.scoreButton.click();
  await expect(app.stopButton).toBeVisible();
  await expect(
    page.getByText("Waiting for the model; scoring starts when it is ready.").first(),
  ).toBeVisible();
  expect(await app.stopButton.boundingBox()).toEqual(score);
});

test("the row above the steps is one line before, during and after an edit is scored", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  const sums = Array.from(
    { length: 8 },
    (_, index) => `So $${index} + 1 = ${index + (index % 2) + 1}$ pens.`,
  );
  await app.score("Count.", `<think>\n${joinSteps(sums)}\n</think>\n\nThere are 9 pens.`);
  const order = app.steps.getByLabel("Order of the steps");
  await expect(order).toBeVisible();
  const heights = await watchHeight(app.steps.locator("> div").first());
  const first = await app.steps.getByRole("list").boundingBox();
  await app
    .row(1)
    .getByRole("button", { name: /^Step 2/ })
    .click();
  await page.keyboard.press("e");
  await app.steps.getByLabel("Text of step 2").fill("So $1 + 1 = 2$ pens in all.");
  await page.keyboard.press("Control+Enter");
  await app.idle();
  await expect(app.steps.getByRole("button", { name: "Undo" })).toBeVisible();
  await expect(order).toBeVisible();
  await settle(page);
  expect(await heights()).toHaveLength(1);
  expect((await app.steps.getByRole("list").boundingBox())?.x).toBe(first?.x);
});

test("setting a tag right moves nothing in the detail", async ({ app }) => {
  await openExample(app);
  for (const index of [7, 25]) {
    await app.hoverChart(index);
    await app.page.mouse.down();
    await app.page.mouse.up();
    await app.page.mouse.move(0, 0);
    const tag = app.detail.getByLabel(`Tag of step ${index + 1}`);
    const numbers = app.detail.getByText("Reward", { exact: true });
    const before = [await tag.boundingBox(), await numbers.boundingBox()];
    await tag.selectOption("setup");
    await expect(tag).toHaveValue("setup");
    expect([await tag.boundingBox(), await numbers.boundingBox()]).toEqual(before);
  }
});

test("on a phone the rings round neighbouring sums stand apart", async ({ app, page }) => {
  await page.setViewportSize({ width: 380, height: 800 });
  await openExample(app);
  const path = (await app.chart.locator("[data-disputed]").getAttribute("d")) ?? "";
  const rings = [...path.matchAll(/M([\d.]+) [\d.]+a([\d.]+)/g)].map(([, left, radius]) => ({
    from: Number(left),
    to: Number(left) + 2 * Number(radius),
  }));
  expect(rings).toHaveLength(3);
  const inOrder = rings.toSorted((a, b) => a.from - b.from);
  for (const [index, { from }] of inOrder.entries()) {
    expect(from).toBeGreaterThanOrEqual(inOrder[index - 1]?.to ?? 0);
  }
});
