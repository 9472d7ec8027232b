/** Two chains over one another: before and after an edit, with the numbers the model gave them. */
import { type App, EMBEDDED, expect, joinSteps, test } from "./app.ts";

const PROBLEM = "A box holds 6 red pens and 9 blue pens. How many pens are in 4 boxes?";
const BEFORE = ["One box holds 6 + 9 = 15 pens.", "Four boxes hold 4 * 15 = 60 pens.", "There are 60 pens."];
const AFTER = [
  "One box holds 6 + 9 = 15 pens.",
  "Four boxes hold 4 * 15 = 80 pens.",
  "Let me check whether that can be right.",
  "There are 60 pens.",
];
const EMBEDDED_MS = 300_000;

const alignedRows = (app: App) => app.page.getByRole("region", { name: "Aligned steps" });

test("an edited chain is compared with what it was", async ({ app, page }) => {
  test.setTimeout(EMBEDDED_MS);
  await app.openReady({ model: EMBEDDED, device: "wasm" });
  await expect(page.getByRole("button", { name: "Compare" })).toHaveCount(0);
  await app.score(PROBLEM, joinSteps(BEFORE));
  const before = await app.rewards();
  await page.getByRole("button", { name: "Pin to compare" }).click();
  await expect(page.getByRole("button", { name: "Pinned as A" })).toBeVisible();
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByText("Now make B")).toBeVisible();

  await app.score(PROBLEM, joinSteps(AFTER));
  const after = await app.rewards();
  await page.getByRole("button", { name: "Compare with A" }).click();
  const rows = alignedRows(app).getByRole("listitem");
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(2)).toHaveAttribute("data-kind", "only-b");
  await expect(rows.nth(2)).toContainText("Let me check whether");
  for (const [row, a, b] of [
    [0, 0, 0],
    [1, 1, 1],
    [3, 2, 3],
  ] as const) {
    const change = Number(await rows.nth(row).getAttribute("data-change"));
    expect(change).toBeCloseTo((after[b] ?? Number.NaN) - (before[a] ?? Number.NaN), 12);
  }
  // The wrong product: the model says so, and the word that did it is marked on both sides.
  await expect(rows.nth(1)).toHaveAttribute("data-kind", "regressed");
  await expect(rows.nth(1).locator("mark")).toHaveText(["60", "80"]);

  await page.getByRole("button", { name: /^Only in B 1/ }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: /^All 4/ }).click();

  await page.getByRole("button", { name: "Swap A and B" }).click();
  await expect(rows.nth(1)).toHaveAttribute("data-kind", "improved");
  await expect(rows.nth(2)).toHaveAttribute("data-kind", "only-a");
  await expect(app.chain).toHaveValue(joinSteps(BEFORE));

  await page.getByRole("button", { name: "B 2, open in the inspector" }).click();
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "1");
  // The first run's own numbers, not scored again.
  expect(await app.rewards()).toEqual(before);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByRole("button", { name: "Unpin A" }).click();
  await expect(page.getByRole("button", { name: "Pin to compare" })).toBeVisible();
});

test("two models are compared on the same text, step by step", async ({ app, page }) => {
  await page.route("**/models/stepscope-prm/**", () => undefined);
  await app.open({ device: "wasm", hash: "#example=rice-profit" });
  await app.idle();
  const stored = await app.rewards();
  await page.getByRole("button", { name: "Pin to compare" }).click();
  await app.scoreAgain();
  const live = await app.rewards();
  await page.getByRole("button", { name: "Compare with A" }).click();
  const rows = alignedRows(app).getByRole("listitem");
  await expect(rows).toHaveCount(stored.length);
  await expect(page.getByText("scored by different models")).toBeVisible();
  await page.getByLabel("Order").selectOption("change");
  const largest = Math.max(...stored.map((reward, index) => Math.abs((live[index] ?? 0) - (reward ?? 0))));
  expect(Math.abs(Number(await rows.first().getAttribute("data-change")))).toBeCloseTo(largest, 12);
});

test("A and B have one colour each and titles that tell them apart", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.score(PROBLEM, joinSteps(BEFORE));
  await app
    .row(1)
    .getByRole("button", { name: /^Step 2/ })
    .click();
  await page.keyboard.press("e");
  await app.steps.getByLabel("Text of step 2").fill("Four boxes hold 4 * 15 = 80 pens.");
  await page.keyboard.press("Control+Enter");
  await app.idle();
  await page.getByRole("button", { name: "Compare with the chain before the edit" }).click();
  const [before, after] = [page.getByText("before the edit"), page.getByText("after the edit")];
  for (const width of [1440, 900, 380]) {
    await page.setViewportSize({ width, height: 900 });
    const [a, b] = [await before.boundingBox(), await after.boundingBox()];
    expect((a?.x ?? width) + (a?.width ?? 0)).toBeLessThanOrEqual(width);
    expect(a?.y ?? 0).toBeLessThan(b?.y ?? 0);
  }
  await page.getByText("Distribution of the rewards").click();
  const curve = (letter: string) =>
    page
      .locator("span:has(> span[aria-hidden].border-t-2)")
      .filter({ hasText: new RegExp(`^${letter}$`) })
      .locator("> span")
      .evaluate((line) => getComputedStyle(line).borderTopColor);
  const bars = (letter: string) =>
    page
      .getByRole("rowheader", { name: letter, exact: true })
      .locator("span[aria-hidden]")
      .evaluate((swatch) => getComputedStyle(swatch).backgroundColor);
  expect(await bars("A")).toBe(await curve("A"));
  expect(await bars("B")).toBe(await curve("B"));
  expect(await bars("A")).not.toBe(await bars("B"));

  await page.getByRole("button", { name: "Swap A and B" }).click();
  expect((await after.boundingBox())?.y ?? 0).toBeLessThan((await before.boundingBox())?.y ?? 0);
});

test("a candidate keeps its title where there is little room", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  await page.getByRole("button", { name: "Try an example" }).click();
  await page.getByRole("button", { name: "Score 6 candidates" }).click();
  await app.idle();
  await page.getByRole("button", { name: "Pin candidate 1" }).click();
  await page.getByRole("button", { name: "Compare candidate 2 with the pinned chain" }).click();
  for (const width of [1440, 900, 380]) {
    await page.setViewportSize({ width, height: 900 });
    for (const title of [/^Candidate 1: answer 13$/, /^Candidate 2: answer 18 rolls$/]) {
      expect(
        await page.getByTitle(title).evaluate((line) => line.scrollWidth - line.clientWidth),
      ).toBeLessThanOrEqual(0);
    }
  }
});
