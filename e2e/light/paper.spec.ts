/** Pages as they are printed: what is read, and nothing that only a hand can use. */
import { type App, expect, test } from "../app.ts";

/** A4 at 96 dots an inch, less the margins of a browser. */
const PAPER = { width: 718, height: 1047 };

async function toPaper({ page }: App): Promise<void> {
  await page.setViewportSize(PAPER);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
}

/** No field, no button that looks like one, and nothing wider than the paper. */
async function expectClean({ page }: App): Promise<void> {
  for (const kind of ["primary", "plain", "quiet"]) {
    await expect(page.locator(`[data-kind=${kind}]:visible`)).toHaveCount(0);
  }
  await expect(page.locator("textarea:visible, input:visible, hr:visible, select + svg:visible")).toHaveCount(
    0,
  );
  for (const select of await page.locator("select:visible").all()) {
    await expect(select).toHaveCSS("border-top-color", "rgba(0, 0, 0, 0)");
  }
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main, main *")]
      .filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const scrolls = [overflowX, overflowY].some((way) => way === "auto" || way === "scroll");
        return scrolls && element.getClientRects().length > 0 && element.tagName !== "SELECT";
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(cut).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PAPER.width);
}

async function scoreExample(app: App): Promise<void> {
  await app.openReady({ device: "wasm" });
  await app.page.getByRole("button", { name: "Candidates", exact: true }).click();
  await app.page.getByRole("button", { name: "Try an example" }).click();
  await app.page.getByRole("button", { name: "Score 6 candidates" }).click();
  await app.idle();
  await expect(app.page.getByText("6 of 6 candidates scored.")).toBeVisible();
}

test("candidates are a document: the problem, the answer and the whole table", async ({ app, page }) => {
  await scoreExample(app);
  await toPaper(app);
  await expectClean(app);
  await expect(page.getByText(/^A baker makes 4 trays/).and(page.locator("p"))).toBeVisible();
  await expect(page.getByText("Right answer: 13")).toBeVisible();
  await expect(page.getByText(/^Point at a step/)).toBeHidden();
  const rows = page.getByRole("region", { name: "Scored candidates" }).locator("tbody tr");
  await expect(rows).toHaveCount(6);
  const edge = await page.locator("main").evaluate((main) => main.getBoundingClientRect().right);
  for (const cell of await page.locator("tbody tr:first-child td[data-aggregate]").all()) {
    const box = await cell.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(edge);
  }
});

test("a comparison is printed with every row", async ({ app, page }) => {
  await scoreExample(app);
  await page.getByRole("button", { name: "Pin candidate 1" }).click();
  await page.getByRole("button", { name: "Compare candidate 2 with the pinned chain" }).click();
  const list = page.getByRole("region", { name: "Aligned steps" });
  await expect(list).toBeVisible();
  const count = Number(await list.locator("[data-row]").first().getAttribute("aria-setsize"));
  await toPaper(app);
  await expectClean(app);
  await expect(list.locator("[data-row]")).toHaveCount(count);
  await expect(list.getByRole("button", { name: /^All/ })).toBeVisible();
  await expect(list.getByRole("button", { name: /^Improved|^Regressed|^Only/ })).toHaveCount(0);
});

test("an inspected chain is printed without its controls", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=trip-long" });
  await expect(app.lockedRow).toBeVisible();
  await toPaper(app);
  await expectClean(app);
  await expect(page.getByLabel("Order of the steps")).toBeHidden();
  await expect(page.getByLabel("Trajectory score by")).toBeVisible();
});
