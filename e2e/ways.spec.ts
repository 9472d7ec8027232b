/** How the model is run: measured once, told, and a person's to change. */
import { EMBEDDED, expect, test } from "./app.ts";

test("the fastest exact way is measured once; a faster one that is not exact is there for who asks", async ({
  app,
  page,
}) => {
  test.setTimeout(300_000);
  await app.openReady({ model: EMBEDDED });
  const menu = page.getByLabel("How the model is run");
  await expect(menu.locator("option").first()).toContainText(/^Fastest here: WASM, .+ · \d+ tokens\/s$/);
  await expect(menu.locator("option")).toContainText([
    /^Fastest here/,
    /^WASM, 32-bit weights · \d+ tokens\/s$/,
    /^WASM, weights as stored · \d+ tokens\/s$/,
    /^WASM, 8-bit products · fast, not exact$/,
  ]);
  const best = await app.device.getAttribute("data-way");

  await menu.selectOption("wasm-int8");
  await expect(app.device).toHaveAttribute("data-way", "wasm-int8", { timeout: 120_000 });
  await expect(app.device).toContainText("fast, not exact");

  // A choice outlives the page, and nothing is measured again.
  await page.reload();
  await expect(app.device).toHaveAttribute("data-way", "wasm-int8", { timeout: 120_000 });

  await menu.selectOption({ index: 0 });
  await expect(app.device).toHaveAttribute("data-way", String(best), { timeout: 120_000 });
  await expect(app.device).not.toContainText("not exact");
});
