/** A server that cannot set headers, such as GitHub Pages: slower, and just as right. */
import { expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";
import { NOT_ISOLATED_URL } from "./playwright.config.ts";

test("a page that is not cross-origin isolated runs on one thread and says so", async ({ app, page }) => {
  await app.openReady({ device: "wasm", url: NOT_ISOLATED_URL });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(app.device).toHaveText("WASM, 1 thread");
  await expect(app.device).toHaveAttribute(
    "title",
    /one thread, because the page is not cross-origin isolated/,
  );
  await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
  expectRewards(await app.rewards(), EIGHT_STEPS.rewards, 0.001);
});
