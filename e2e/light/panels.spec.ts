/** What stands above the steps: true to what is known, and still while one types. */
import { expect, joinSteps, test } from "../app.ts";

const MANY_STEPS = Array.from({ length: 400 }, (_, index) => `n = ${index + 1}`);

test("no threshold is shown before the model that has one is there", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open();
  await app.write("What is 2 + 3?", "2 + 3 = 5");
  await app.scoreButton.click();
  await expect(app.verdict).toHaveText("Waiting for the model.");
  await expect(page.getByLabel("Bad below")).toBeDisabled();
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("–");
  await expect(app.timeline).not.toContainText("0.50");
  await expect(app.stopButton).toBeVisible();
});

test("results of an earlier text say so in place, and offer to score again", async ({ app, page }) => {
  // Wide and with little to say: the verdict's panel is the taller one.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=trip-long&aggregate=mean" });
  await expect(app.lockedRow).toBeVisible();
  const before = await app.timeline.boundingBox();
  await app.chain.press("End");
  await app.chain.press("x");
  await expect(page.getByText("These results belong to the earlier text.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Score again" })).toBeVisible();
  expect(await app.timeline.boundingBox()).toEqual(before);
});

test("choosing an aggregate moves nothing", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=rice-profit" });
  await expect(app.lockedRow).toBeVisible();
  const before = await app.timeline.boundingBox();
  await app.aggregateBy("mean");
  await expect(page.getByText("The model’s own trajectory reward is 0.361")).toBeVisible();
  expect(await app.timeline.boundingBox()).toEqual(before);
});

test("text pasted during a run marks what still arrives as the earlier text's", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.paste("Count.", joinSteps(MANY_STEPS));
  await app.scoreButton.click();
  await expect(app.row(0)).toHaveAttribute("data-reward", /./);
  await app.paste("What is 2 + 3?", "2 + 3 = 5");
  await expect(page.getByText("This run scores the earlier text.")).toBeVisible();
  await expect(app.stopButton).toBeVisible();
  await app.stopButton.click();
  await app.idle();
  await expect(page.getByText("These results belong to the earlier text.")).toBeVisible();
});

test("the flag at the first bad step is over the bars and the lines", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=apples-carried" });
  await expect(app.verdict).toHaveAttribute("data-first-error", "0");
  const isOverAll = await app.chart.getByText("first bad").evaluate((flag) => {
    const painted = [
      ...(flag.closest("svg")?.querySelectorAll("path[data-bin], circle, .recharts-line") ?? []),
    ];
    const isAfter = (other: Element) =>
      (other.compareDocumentPosition(flag) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    return painted.length > 2 && painted.every(isAfter);
  });
  expect(isOverAll).toBe(true);
});
