/** Looking for steps: by text, by pattern and by what is known of them; from hit to hit, and back. */
import { type App, expect, joinSteps, test } from "../app.ts";

function findIn(app: App) {
  const band = app.page.getByRole("search", { name: "Find in the steps" });
  return {
    band,
    field: band.getByRole("textbox", { name: "Find" }),
    says: band.getByRole("paragraph").first(),
    marks: app.steps.locator("mark"),
    current: app.steps.locator("mark[data-hit=current]"),
    found: app.steps.locator("li[data-found]"),
    ticks: app.timeline.getByTestId("timeline-hits"),
  };
}

test.describe("in a scored example", () => {
  test.beforeEach(async ({ app }) => {
    await app.page.route("**/models/**", () => undefined);
    await app.open({ hash: "#example=trip-long" });
    await expect(app.lockedRow).toBeVisible();
  });

  test("goes from hit to hit, around the end, and comes back", async ({ app, page }) => {
    const find = findIn(app);
    const topOfLock = async () => Math.round((await app.lockedRow.boundingBox())?.y ?? Number.NaN);
    const before = await topOfLock();
    const lock = await app.lockedRow.getAttribute("data-step-index");
    await page.keyboard.press("/");
    await expect(find.field).toBeFocused();
    await find.field.pressSequentially("TICKETS");
    await expect(find.says).toHaveText(/^\d+ hits( in \d+ steps)?$/);
    const count = Number((await find.says.textContent())?.match(/\d+/));
    expect(count).toBeGreaterThan(1);
    await expect(app.lockedRow).toHaveAttribute("data-step-index", lock ?? "");

    await page.keyboard.press("Enter");
    await expect(find.says).toHaveText(new RegExp(`^1 of ${count}`));
    await expect(find.current).toHaveText(/^tickets$/i);
    await expect(find.current).toBeInViewport();
    await expect(app.lockedRow.locator("mark[data-hit=current]")).toBeVisible();
    for (let place = 2; place <= count; place += 1) {
      await page.keyboard.press("Enter");
      await expect(find.says).toHaveText(new RegExp(`^${place} of ${count}`));
    }
    await page.keyboard.press("Enter");
    await expect(find.says).toHaveText(new RegExp(`^1 of ${count}`));
    await page.keyboard.press("Shift+Enter");
    await expect(find.says).toHaveText(new RegExp(`^${count} of ${count}`));

    await page.keyboard.press("Escape");
    await expect(find.band).toBeHidden();
    await expect(find.marks).toHaveCount(0);
    await expect(app.lockedRow).toHaveAttribute("data-step-index", lock ?? "");
    await expect.poll(topOfLock).toBe(before);
  });

  test("conditions on rewards, lanes and tags, and their opposites", async ({ app, page }) => {
    const find = findIn(app);
    await page.keyboard.press("/");
    const stepsOf = async (query: string) => {
      await find.field.fill(query);
      await expect(find.says).toHaveText(/\d+ hits?|no hits/);
      const count = Number(await find.ticks.getAttribute("data-count").catch(() => 0));
      return count;
    };
    const rewards = (await app.rewards()).filter((reward) => reward !== undefined);
    expect(await stepsOf("score<0.9")).toBe(rewards.filter((reward) => reward < 0.9).length);
    expect(await stepsOf("-score<0.9")).toBe(rewards.filter((reward) => reward >= 0.9).length);
    const falls = rewards.filter((reward, index) => index > 0 && reward - (rewards[index - 1] ?? 0) < -0.2);
    expect(await stepsOf("delta<-0.2")).toBe(falls.length);
    const thinking = await stepsOf("lane:think");
    expect(thinking + (await stepsOf("-lane:think"))).toBe(rewards.length);
    expect(await stepsOf("lane:think -tag:compute")).toBeLessThan(thinking);
    expect(await stepsOf("sum:wrong")).toBe(1);
    await expect(find.found).toContainText("128 * 7 = $886");
    await expect(find.found).toHaveCount(1);
    await find.field.fill("tag:verify");
    await expect(find.found.first().locator("[data-tag]")).toHaveText("verify");
  });

  test("says what cannot be read, and explains its language in place", async ({ app, page }) => {
    const find = findIn(app);
    await app.steps.getByRole("button", { name: "Find in the steps" }).click();
    await find.field.fill("/(/");
    await expect(find.says).toHaveText(/^The regular expression \/\(\/ cannot be read: [^.]+\.$/);
    await expect(find.field).toHaveAttribute("aria-invalid", "true");
    await find.field.fill("/\\d+ (seats|buses)/");
    await expect(find.says).toHaveText(/hits/);
    await find.band.getByRole("button", { name: "What can be looked for" }).click();
    await expect(find.band.getByText("score<0.4")).toBeVisible();
    // Escape closes the help first, wherever the focus is, and then what it helps with.
    await page.keyboard.press("Escape");
    await expect(find.band.getByText("score<0.4")).toBeHidden();
    await expect(find.band).toBeVisible();
    await find.band.getByRole("button", { name: "What can be looked for" }).click();
    await find.field.focus();
    await page.keyboard.press("Escape");
    await expect(find.band.getByText("score<0.4")).toBeHidden();
    await expect(find.field).toHaveValue("/\\d+ (seats|buses)/");
    await find.field.fill("sums:wrong");
    await expect(find.says).toHaveText("no hits; sums: is an unknown filter");
    await find.field.fill("note: x");
    await expect(find.says).toHaveText("no hits");
    // Asked for again it takes the focus, and what was typed.
    await app.steps.getByRole("listitem").first().click();
    await page.keyboard.press("Control+f");
    await expect(find.field).toBeFocused();
    await page.keyboard.type("seat");
    await expect(find.field).toHaveValue("seat");

    // Closed by its button it leaves one where one is.
    await page.keyboard.press("Enter");
    const there = await app.lockedRow.getAttribute("data-step-index");
    await find.band.getByRole("button", { name: "Close find, stay here" }).click();
    await expect(find.band).toBeHidden();
    await expect(app.lockedRow).toHaveAttribute("data-step-index", there ?? "");
  });
});

test("in 1,000 steps: a pattern that never ends is stopped, and a hit deep in a long step is shown", async ({
  app,
  page,
}) => {
  await page.route("**/models/**", () => undefined);
  await app.open();
  const long = `${"A long thought about the sum. ".repeat(700)}Here it is hidden.`;
  const steps = Array.from({ length: 1000 }, (_, index) =>
    index === 700 ? long : `${"a".repeat(40)}! n = ${index + 1}`,
  );
  await app.paste("Count.", joinSteps(steps));
  await app.scoreButton.click();
  await app.row(0).click();
  await page.keyboard.press("/");
  const find = findIn(app);
  await find.field.fill("/^(a+)+$/");
  await expect(find.says).toHaveText(/takes too long on this chain: looking for it was stopped\.$/);
  await find.field.fill("/n = \\d0{2}$/");
  await expect(find.says).toHaveText("9 hits");

  await find.field.fill("hidden");
  await page.keyboard.press("Enter");
  await expect(find.says).toHaveText("1 of 1");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "700");
  await expect(find.current).toBeInViewport();
  // Its fold is in reach, though its step is taller than the window.
  await expect(app.row(700).getByRole("button", { name: "Show less" })).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "0");
});
