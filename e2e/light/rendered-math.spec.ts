/** Mathematics typeset and code set apart; what does not typeset stands as it is written, and raw text is a key away. */
import { expect, joinSteps, test } from "../app.ts";

const STEPS = [
  "We solve \\(x^2 - 5x + 6 = 0\\), that is $$x = \\frac{5 \\pm \\sqrt{25 - 24}}{2}.$$",
  "A broken one: $\\frac{1}{ + \\nonsense$ stays to be read, and so does <img src=x onerror=alert(1)>.",
  "\\(\\href{javascript:alert(1)}{a}\\) and \\(\\htmlData{x=1}{b}\\) do nothing.",
  "\\(\\def\\a{xx}\\def\\b{\\a\\a\\a\\a\\a\\a\\a\\a}\\def\\c{\\b\\b\\b\\b\\b\\b\\b\\b}\\def\\d{\\c\\c\\c\\c\\c\\c\\c\\c}\\d\\) ends.",
  "In code:\n```python\nprint(17 * 24)  # $x$\n```\nAnd `a $b$ c` costs $5, then $7.",
  "So $17 \\times 24 = 398$.",
  `Deep: $${"\\frac{1}{".repeat(150)}x${"}".repeat(150)}$ and $15% of 200 = 30$ end here.`,
  "**In all** it is \\$85, so \\boxed{85}; 2**3 is a power.",
];

test("formulas and code are drawn, nothing is hidden, and raw text is one key away", async ({
  app,
  page,
}) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await app.openReady({ device: "wasm" });
  // The scripts of formulas come when the first is drawn.
  await app.score("Solve it.", joinSteps(STEPS));
  await page.keyboard.press("Escape");
  await app.row(0).scrollIntoViewIfNeeded();
  await expect(app.row(0).locator(".katex")).toHaveCount(2);
  await expect(app.row(0).locator(".katex-display")).toHaveCount(1);
  await expect(app.row(0).locator("math")).toHaveCount(2);

  const broken = app.row(1).locator("[data-broken]");
  await expect(broken).toHaveText("$\\frac{1}{ + \\nonsense$");
  await expect(broken).toHaveAttribute("title", /^Shown as it is written: /);
  await expect(app.row(1)).toContainText("<img src=x onerror=alert(1)>");
  await expect(app.steps.locator("img")).toHaveCount(0);

  const links = app.steps.locator("[href]");
  await expect(app.row(2).locator("[data-broken]")).toHaveText([
    "\\(\\href{javascript:alert(1)}{a}\\)",
    "\\(\\htmlData{x=1}{b}\\)",
  ]);
  await app.row(3).scrollIntoViewIfNeeded();
  await expect(app.row(3).locator("[data-broken]")).toHaveText(/^\\\(\\def/);
  await expect(links).toHaveCount(0);
  await expect(app.steps.locator("[data-x]")).toHaveCount(0);

  await app.row(5).scrollIntoViewIfNeeded();
  await expect(app.row(4).locator("code").first()).toHaveText("print(17 * 24)  # $x$");
  await expect(app.row(4)).toContainText("costs $5, then $7.");
  await expect(app.row(5).locator("[data-wrong-sum] .katex")).toHaveCount(1);

  await app.row(6).scrollIntoViewIfNeeded();
  await expect(app.row(6).locator("[data-broken]")).toHaveAttribute("title", /nested too deep/);
  await expect(app.row(6).locator(".katex-html")).toHaveText("15%of200=30");

  await app.row(7).scrollIntoViewIfNeeded();
  await expect(app.row(7).locator("strong")).toHaveText("In all");
  await expect(app.row(7).locator(".katex-html")).toHaveText("85");
  await expect(app.row(7)).toContainText("In all it is $85, so ");
  await expect(app.row(7)).toContainText("; 2**3 is a power.");

  const raw = page.getByRole("switch", { name: "Raw text" });
  await page.keyboard.press("r");
  await expect(raw).toBeChecked();
  await expect(app.steps.locator(".katex")).toHaveCount(0);
  expect((await app.rows()).map(({ text }) => text)).toEqual(STEPS);
  await raw.click();
  await expect(app.steps.locator(".katex").first()).toBeVisible();
  expect(dialogs).toEqual([]);
});

test("a formula takes the heat of its hottest token, and raw text shows which", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.score("Solve it.", joinSteps(STEPS));
  await page.keyboard.press("Escape");
  const heat = page.getByRole("switch", { name: "Token heat" });
  await expect(heat).toBeChecked();
  await app.row(0).scrollIntoViewIfNeeded();
  const formulas = app.row(0).locator("[data-heat]:has(.katex)");
  await expect(formulas.first()).toHaveAttribute("title", /hottest token of this formula: hazard/);
  await heat.click();
  await expect(formulas).toHaveCount(0);
});
