/** What a person who keeps the page open all day leans on: keys, the palette, playing, panes, the tour, paper. */
import { centreOf, expect, test } from "../app.ts";

test.beforeEach(async ({ app }) => {
  await app.open({ hash: "#example=paint-think-wrong" });
  await app.idle();
});

test("the keys are shown from the table that binds them, and rest while one types", async ({ app }) => {
  const { page } = app;
  await page.keyboard.press("?");
  const overlay = page.getByRole("dialog", { name: "Keys" });
  await expect(overlay.getByText("Go to the next bad step")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(overlay).toHaveCount(0);
  await page.keyboard.press("g");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "0");
  await page.keyboard.press("Shift+G");
  await expect(app.lockedRow).toHaveAttribute(
    "aria-posinset",
    (await app.lockedRow.getAttribute("aria-setsize")) ?? "",
  );
  const locked = (await app.lockedRow.getAttribute("data-step-index")) ?? "none";
  const written = await app.problem.inputValue();
  await app.problem.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("g");
  await expect(app.problem).toHaveValue(`${written}g`);
  await expect(app.lockedRow).toHaveAttribute("data-step-index", locked);
});

test("a dialog gives the focus back to what had it, however it is closed", async ({ app }) => {
  const { page } = app;
  const dialog = page.getByRole("dialog");
  const outside = () => page.mouse.click(5, 5);
  const byKey = () => page.keyboard.press("Escape");
  const run = async (words: string) => {
    await page.keyboard.type(words);
    await expect(dialog.getByRole("option")).toHaveCount(1);
    await page.keyboard.press("Enter");
  };

  const keys = page.getByRole("button", { name: "Keys and commands" });
  const close = () => dialog.getByRole("button", { name: "Close" }).click();
  for (const leave of [byKey, outside, close]) {
    await keys.focus();
    await page.keyboard.press("Enter");
    await expect(dialog).toBeVisible();
    await leave();
    await expect(dialog).toHaveCount(0);
    await expect(keys).toBeFocused();
  }

  await app.problem.focus();
  for (const leave of [byKey, outside, () => run("theme dark")]) {
    await page.keyboard.press("Control+k");
    await expect(dialog).toBeVisible();
    await leave();
    await expect(dialog).toHaveCount(0);
    await expect(app.problem).toBeFocused();
  }

  // From one dialog to another, and back to where both began.
  await page.keyboard.press("Control+k");
  await run("show all keys");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await close();
  await expect(dialog).toHaveCount(0);
  await expect(app.problem).toBeFocused();
  await page.keyboard.press("Control+k");
  await run("take the tour");
  await expect(page.getByRole("dialog", { name: "Tour, card 1 of 6" })).toBeFocused();
  await byKey();
  await expect(dialog).toHaveCount(0);
  await expect(app.problem).toBeFocused();

  // A command that leads somewhere leaves the focus there.
  await page.keyboard.press("Control+k");
  await run("find in the steps, not");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("search").locator(":focus")).toHaveCount(1);
});

test("the palette finds a command by its words and does it", async ({ app }) => {
  const { page } = app;
  await app.problem.focus();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("theme dark");
  await expect(palette.getByRole("option")).toHaveText(["Theme: dark"]);
  await page.keyboard.press("Enter");
  await expect(palette).toHaveCount(0);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("no such thing at all");
  await expect(palette.getByText("No command has these words.")).toBeVisible();
});

test("the steps are played through, and pause where one says so", async ({ app }) => {
  await app.page.keyboard.press("g");
  await app.page.keyboard.press("Space");
  const at = async () => Number(await app.lockedRow.getAttribute("data-step-index"));
  await expect.poll(at).toBeGreaterThan(0);
  await app.page.getByRole("button", { name: "Pause" }).click();
  const paused = await at();
  await app.page.waitForTimeout(2000);
  expect(await at()).toBe(paused);
  // At the end it pauses by itself, and begins anew from there.
  await app.page.keyboard.press("Shift+G");
  await app.page.getByRole("button", { name: "Play through the steps" }).click();
  await expect.poll(at).toBeLessThan(paused + 1);
  await app.page.getByRole("button", { name: "Speed 1×" }).click();
  await expect(app.page.getByRole("button", { name: "Speed 2×" })).toBeVisible();
});

test("a pane takes the whole page and gives it back, and columns keep their widths", async ({ app }) => {
  const { page } = app;
  await page.keyboard.press("1");
  await expect(app.timeline).toBeVisible();
  await expect(app.steps).toHaveCount(0);
  await expect(app.problem).toBeHidden();
  const { height = 0 } = (await app.chart.boundingBox()) ?? {};
  expect(height).toBeGreaterThan((page.viewportSize()?.height ?? 0) / 2);
  await page.keyboard.press("Escape");
  await expect(app.steps).toBeVisible();
  await page.getByRole("button", { name: "Maximise the steps" }).click();
  await expect(app.timeline).toHaveCount(0);
  await page.getByRole("button", { name: "Maximise the steps" }).click();
  await expect(app.problem).toBeVisible();

  const edge = page.getByRole("separator", { name: "Width of the input" });
  const before = Number(await edge.getAttribute("aria-valuenow"));
  await edge.press("ArrowRight");
  await expect(edge).toHaveAttribute("aria-valuenow", String(before + 16));
  await page.reload();
  await expect(edge).toHaveAttribute("aria-valuenow", String(before + 16));
  await edge.dblclick();
  await expect(edge).toHaveAttribute("aria-valuenow", String(before));

  const floor = page.getByRole("separator", { name: "Height of the timeline" });
  const tall = (await app.chart.boundingBox())?.height ?? 0;
  await floor.press("ArrowDown");
  await expect.poll(async () => (await app.chart.boundingBox())?.height).toBe(tall + 16);
  await page.reload();
  await expect.poll(async () => (await app.chart.boundingBox())?.height).toBe(tall + 16);
  await floor.dblclick();
  await expect.poll(async () => (await app.chart.boundingBox())?.height).toBe(tall);

  // Let go where the page does not hear of it, the edge stays where it is.
  const [x, y] = await centreOf(edge);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 20, y);
  await expect(edge).toHaveAttribute("aria-valuenow", String(before + 20));
  await app.muffle("lostpointercapture");
  await page.mouse.up();
  await page.mouse.move(x + 22, y);
  await page.mouse.move(x + 24, y);
  await expect(edge).toHaveAttribute("aria-valuenow", String(before + 20));
});

test("the tour leads over six cards of a real chain", async ({ app }) => {
  const { page } = app;
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("button", { name: /Take the tour/ }).click();
  await expect(app.verdict).toBeVisible();
  for (let card = 1; card <= 6; card += 1) {
    await expect(page.getByRole("dialog", { name: `Tour, card ${card} of 6` })).toBeVisible();
    await page.getByRole("button", { name: card === 6 ? "Done" : "Next", exact: true }).click();
  }
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("on a phone the tour brings the pane it speaks of into view", async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 380, height: 720 });
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("button", { name: /Take the tour/ }).click();
  await expect(app.steps).toBeInViewport();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(app.verdict).toBeInViewport();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(app.chart).toBeInViewport();
});

test("on paper every step is there", async ({ app }) => {
  await app.open({ hash: "#example=trip-long" });
  await app.idle();
  await app.page.emulateMedia({ media: "print" });
  await app.page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const rows = app.steps.locator("[data-step-index]");
  await expect(rows).toHaveCount(Number(await rows.first().getAttribute("aria-setsize")));
  await expect(app.problem).toBeHidden();
  await app.page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
});
