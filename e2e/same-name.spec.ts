/** A model that is added under the name of a deleted one is another model: what that one said is not its own. */
import { type App, expect, joinSteps, test } from "./app.ts";
import { checkpointFolder } from "./hub.ts";
import { usePureCheckpoint } from "./pure-checkpoint.ts";

const NAME = "tiny-trl-prm, fp32";
const PROBLEM = "What is 2 + 2?";
const CHAINS = [
  joinSteps(["2 + 2 = 4.", "The answer is 4."]),
  joinSteps(["2 + 2 = 5.", "The answer is 5."]),
] as const;
const PHONE_WIDTH = 380;

async function addAndUse(app: App, protocol?: string): Promise<void> {
  const { page } = app;
  await page.getByRole("button", { name: "Models", exact: true }).click();
  if (protocol !== undefined) {
    await page.getByLabel("Protocol").selectOption(protocol);
  }
  await page.getByLabel("Store weights as").selectOption("fp32");
  await page.getByLabel("Model folder").setInputFiles(checkpointFolder("tiny-trl-prm"));
  await app.idle();
  await page.getByRole("button", { name: `Use ${NAME}` }).click();
  await app.idle();
}

test("scores of a deleted model are never taken for those of one that is added under its name", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await addAndUse(app);
  await app.score(PROBLEM, CHAINS[0]);
  const old = await app.rewards();
  // The address names another model: that the one in use is deleted would bring the page's own, which is large.
  await app.openReady({ device: "wasm" });
  await page.getByRole("button", { name: "Models", exact: true }).click();
  await page.getByRole("button", { name: `Delete ${NAME}` }).click();
  await page.getByRole("button", { name: `Delete for good: ${NAME}` }).click();
  await app.idle();
  await page.getByRole("button", { name: "Close models" }).click();
  await addAndUse(app, "pure-prm");

  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  await page.getByLabel("Problem of the candidates").fill(PROBLEM);
  await page.getByLabel("Candidates", { exact: true }).fill(CHAINS.join("\n===\n"));
  await page.getByRole("button", { name: "Score 2 candidates" }).click();
  await app.idle();
  const panel = page.getByRole("region", { name: "Distributions" });
  await panel.getByLabel("Groups", { exact: true }).selectOption({ label: "model A against model B" });
  await expect(
    panel.getByRole("row", { name: /^A tiny-trl-prm, fp32 \(earlier, [0-9a-f]{4}\)/ }),
  ).toHaveCount(1);
  await expect(panel.getByRole("row", { name: /^B tiny-trl-prm, fp32 \d/ })).toHaveCount(1);

  await page.getByRole("button", { name: "Open candidate 1 in the inspector" }).click();
  await app.idle();
  const shown = await app.rewards();
  expect(shown).not.toEqual(old);
  await app.scoreAgain();
  expect(await app.rewards()).toEqual(shown);
});

test("a model with a long name leaves the page as wide as a phone", async ({ app, page }, info) => {
  await app.openReady({ device: "wasm" });
  await usePureCheckpoint(app, info.outputPath("a-very-long-name-of-a-process-reward-model-7b-instruct-v2"));
  await page.setViewportSize({ width: PHONE_WIDTH, height: 900 });
  const widthOfPage = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(widthOfPage).toBe(PHONE_WIDTH);
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  await expect.poll(widthOfPage).toBe(PHONE_WIDTH);
});
