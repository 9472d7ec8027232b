/** Pointing at something draws that anew and nothing else, and dragging writes nothing down until it ends. */
import { type App, expect, joinSteps, test } from "../app.ts";
import { dropFiles, toJsonl } from "../data-files.ts";
import { countRedrawn } from "../redrawn.ts";

const PROBLEM = "A box holds 6 red pens and 9 blue pens. How many pens are in 4 boxes?";
const THOUGHTS = [
  "Each box has 6 + 9 = 15 pens.",
  "So 4 boxes have 4 * 15 = 60 pens.",
  "That is 60 of them.",
];
const RESPONSE = ["A box has 6 + 9 = 15 pens.", "So 4 * 15 = 60 pens.", "There are 60 pens in all."];
const CHAIN = `<think>\n${joinSteps(THOUGHTS)}\n</think>\n\n${joinSteps(RESPONSE)}`;

/** Puts the pointer where nothing follows it, until that is drawn. */
async function pointAway(app: App): Promise<void> {
  await app.page.mouse.move(0, 0);
  await app.idle();
}

test("a row of the comparison, of the ribbons and of the list leaves the others as they are", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await app.score(PROBLEM, CHAIN);
  await page.getByRole("button", { name: "Pin to compare" }).click();
  await app.score(PROBLEM, CHAIN.replaceAll("60", "80"));
  await page.keyboard.press("Escape");

  // The texts stay as they are, also that of the row which is pointed at.
  const texts = app.steps.locator("[data-step-index] p", { hasText: /\d/ });
  await pointAway(app);
  await expect(texts.first()).toBeVisible();
  const redrawnTexts = await countRedrawn(texts, async () => {
    await app.row(0).hover();
    await expect(app.row(0)).toHaveClass(/bg-sunken/);
  });
  expect(redrawnTexts).toBe(0);

  await pointAway(app);
  await page.keyboard.press("t");
  const ribbons = page
    .getByRole("region", { name: "Thinking to response" })
    .locator("button[data-step-index]");
  await expect(ribbons).toHaveCount(6);
  const redrawnRibbons = await countRedrawn(ribbons, async () => {
    await ribbons.nth(1).hover();
    await expect(ribbons.nth(1)).toHaveClass(/bg-sunken/);
  });
  expect(redrawnRibbons).toBe(1);
  await page.keyboard.press("t");

  await page.getByRole("button", { name: "Compare with A" }).click();
  const rows = page.getByRole("region", { name: "Aligned steps" }).getByRole("listitem");
  await expect(rows).toHaveCount(6);
  await pointAway(app);
  const redrawnRows = await countRedrawn(rows, async () => {
    await rows.nth(1).hover();
    await expect(rows.nth(1)).toHaveClass(/bg-sunken/);
  });
  expect(redrawnRows).toBe(1);
  // Nor are the words of the row itself compared again.
  const redrawnWords = await countRedrawn(rows.nth(1).locator("mark"), () => pointAway(app));
  expect(redrawnWords).toBe(0);
});

test("a step of the tree leaves the others as they are, and of another problem's tree one takes the Tab key", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  const rows = [
    { problem: PROBLEM, completion: joinSteps(RESPONSE) },
    { problem: PROBLEM, completion: joinSteps(THOUGHTS) },
    { problem: "What is 4 + 4?", completion: "4 + 4 = 8." },
  ];
  await dropFiles(page, [{ name: "rollouts.jsonl", text: toJsonl(rows) }]);
  await page.getByRole("button", { name: "Score 3 candidates" }).click();
  await app.idle();
  const items = page.getByRole("treeitem");
  await expect(items).toHaveCount(6);
  await items.nth(1).hover();
  await expect(items.nth(1)).toHaveAttribute("tabindex", "0");
  const redrawn = await countRedrawn(items, async () => {
    await items.nth(4).hover();
    await expect(items.nth(4)).toHaveAttribute("tabindex", "0");
  });
  // The one that was pointed at, and the one that is.
  expect(redrawn).toBe(2);

  await page.getByLabel("Problem, one of 2").selectOption({ index: 1 });
  await expect(items).toHaveCount(1);
  await expect(items.first()).toHaveAttribute("tabindex", "0");
  await expect(page.getByText("Point at a step, or move over the tree")).toBeVisible();
});

test("a column that is dragged is written down once, where it is let go", async ({ app, page }) => {
  await page.addInitScript(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function count(key, value) {
      if (key === "stepscope-panes") {
        const { documentElement: page } = document;
        page.setAttribute("data-written", String(Number(page.getAttribute("data-written")) + 1));
      }
      setItem.call(this, key, value);
    };
  });
  await app.openReady({ device: "wasm" });
  await page.evaluate(() => {
    document.documentElement.setAttribute("data-written", "0");
  });
  const written = page.locator("html");
  const edge = page.getByRole("separator", { name: "Width of the input" });
  const before = Number(await edge.getAttribute("aria-valuenow"));
  await edge.hover();
  const box = await edge.boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 12 });
  await expect(edge).toHaveAttribute("aria-valuenow", String(before + 60));
  await expect(written).toHaveAttribute("data-written", "0");
  await page.mouse.up();
  await expect(written).toHaveAttribute("data-written", "1");
  await page.reload();
  await expect(edge).toHaveAttribute("aria-valuenow", String(before + 60));
});
