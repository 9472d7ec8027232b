/** Over a long chain: a map of the whole, and a window on it that is moved, zoomed and led by what is selected. */
import { type App, expect, joinSteps, test } from "../app.ts";

const COUNT = 1000;
const STEPS = Array.from({ length: COUNT }, (_, index) => `n = ${index + 1}`);

function mapIn(app: App) {
  const map = app.timeline.getByRole("region", { name: "Map of all steps" });
  const slider = (name: string) => map.getByRole("slider", { name, exact: true });
  return {
    map,
    window: slider("Steps shown"),
    first: slider("First step shown"),
    last: slider("Last step shown"),
    /** The steps that the timeline shows. */
    shown: async (): Promise<readonly [first: number, last: number]> => {
      const [from, to] = await Promise.all(
        ["First step shown", "Last step shown"].map((name) => slider(name).getAttribute("aria-valuenow")),
      );
      return [Number(from), Number(to)];
    },
    /** The pointer, at a share of the map's width. */
    at: async (share: number): Promise<readonly [x: number, y: number]> => {
      const box = await map.boundingBox();
      return [(box?.x ?? 0) + share * (box?.width ?? 0), (box?.y ?? 0) + (box?.height ?? 0) / 2];
    },
  };
}

test.beforeEach(async ({ app, page }) => {
  // No scores are needed to move about: the model never arrives.
  await page.route("**/models/**", () => undefined);
  await app.open();
  await app.paste("Count.", joinSteps(STEPS));
  await app.scoreButton.click();
  await app.row(0).click();
});

test("the window is drawn, moved and resized by the pointer, and taken away", async ({ app, page }) => {
  const map = mapIn(app);
  const drag = async (from: number, to: number) => {
    await page.mouse.move(...(await map.at(from)));
    await page.mouse.down();
    await page.mouse.move(...(await map.at((from + to) / 2)));
    await page.mouse.move(...(await map.at(to)));
    await page.mouse.up();
  };
  expect(await map.shown()).toEqual([0, COUNT]);
  await drag(0.2, 0.4);
  await expect.poll(map.shown).toEqual([200, 400]);
  await expect(app.chart.getByText("300", { exact: true })).toBeVisible();
  await expect(app.chart.getByText("500", { exact: true })).toBeHidden();
  await drag(0.3, 0.5);
  await expect.poll(map.shown).toEqual([400, 600]);
  await drag(0.6, 0.7);
  await expect.poll(map.shown).toEqual([400, 700]);
  await drag(0.4, 0.5);
  await expect.poll(map.shown).toEqual([500, 700]);
  // Beyond the end it stays whole.
  await drag(0.6, 0.99);
  await expect.poll(map.shown).toEqual([800, 1000]);
  await page.mouse.click(...(await map.at(0.1)));
  await expect.poll(map.shown).toEqual([0, 200]);
  await page.mouse.dblclick(...(await map.at(0.5)));
  await expect.poll(map.shown).toEqual([0, COUNT]);
});

test("the wheel zooms round the pointer and pans; without a key it scrolls the page", async ({
  app,
  page,
}) => {
  const map = mapIn(app);
  await app.hoverChart(499);
  await page.keyboard.down("Control");
  for (let turn = 0; turn < 8; turn += 1) {
    await page.mouse.wheel(0, -100);
  }
  await page.keyboard.up("Control");
  const [from, to] = await map.shown();
  expect(to - from).toBeLessThan(300);
  // What the pointer is on has stayed where it was.
  expect((500 - from) / (to - from)).toBeCloseTo(0.5, 1);
  await page.keyboard.down("Shift");
  await page.mouse.wheel(0, 200);
  await page.keyboard.up("Shift");
  const [moved, movedTo] = await map.shown();
  expect(moved).toBeGreaterThan(from);
  expect(movedTo - moved).toBe(to - from);
  await page.mouse.wheel(0, 200);
  expect(await map.shown()).toEqual([moved, movedTo]);
});

test("by keys: zoom round the selected step, move the window, and follow the selection", async ({
  app,
  page,
}) => {
  const map = mapIn(app);
  await app.hoverChart(299);
  await page.mouse.down();
  await page.mouse.up();
  const chosen = Number(await app.lockedRow.getAttribute("data-step-index"));
  for (let press = 0; press < 6; press += 1) {
    await page.keyboard.press("+");
  }
  const [from, to] = await map.shown();
  expect(to - from).toBeLessThan(100);
  expect(chosen).toBeGreaterThanOrEqual(from);
  expect(chosen).toBeLessThan(to);
  await page.keyboard.press("-");
  const [wider, widerTo] = await map.shown();
  expect(widerTo - wider).toBeGreaterThan(to - from);

  await map.window.focus();
  await page.keyboard.press("End");
  await expect.poll(map.shown).toEqual([COUNT - (widerTo - wider), COUNT]);
  await page.keyboard.press("PageDown");
  await expect.poll(map.shown).toEqual([COUNT - 2 * (widerTo - wider), COUNT - (widerTo - wider)]);
  await expect(map.window).toHaveAttribute("aria-valuetext", /^steps \d+ to \d+ of 1,000$/);
  await map.first.focus();
  await page.keyboard.press("Home");
  expect((await map.shown())[0]).toBe(0);

  await map.last.focus();
  await page.keyboard.press("Home");
  await expect.poll(map.shown).toEqual([0, 8]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("k");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", String(COUNT - 1));
  await expect.poll(map.shown).toEqual([COUNT - 8, COUNT]);
  await page.keyboard.press("0");
  await expect.poll(map.shown).toEqual([0, COUNT]);
});

test("a hit takes the window with it, and all hits are on the map", async ({ app, page }) => {
  const map = mapIn(app);
  for (let press = 0; press < 7; press += 1) {
    await page.keyboard.press("+");
  }
  await page.keyboard.press("/");
  await page.keyboard.type("99");
  await expect(map.map.getByTestId("minimap-hits")).toHaveAttribute("data-count", "19");
  await page.keyboard.press("Shift+Enter");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "998");
  expect((await map.shown())[1]).toBeGreaterThan(998);
});

test("a chain that fits has no map until it is zoomed", async ({ app, page }) => {
  await app.open({ hash: "#example=trip-long" });
  await expect(app.lockedRow).toBeVisible();
  const { map } = mapIn(app);
  await expect(map).toBeHidden();
  await page.keyboard.press("+");
  await expect(map).toBeVisible();
  await expect(map.getByTestId("minimap-first-bad")).toBeVisible();
  await page.keyboard.press("0");
  await expect(map).toBeHidden();
});

test("a drag is over when the button is let go where the page does not hear of it", async ({ app, page }) => {
  const map = mapIn(app);
  await page.mouse.move(...(await map.at(0.2)));
  await page.mouse.down();
  await page.mouse.move(...(await map.at(0.4)));
  await expect.poll(map.shown).toEqual([200, 400]);
  await app.muffle("pointerup");
  await app.muffle("lostpointercapture");
  await page.mouse.up();
  await page.mouse.move(...(await map.at(0.6)));
  await page.mouse.move(...(await map.at(0.8)));
  await expect.poll(map.shown).toEqual([200, 400]);
});
