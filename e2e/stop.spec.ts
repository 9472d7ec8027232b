/** Stop keeps what was scored, and Score goes on from there to the same numbers. */
import { type App, EMBEDDED, expect, expectRewards, test } from "./app.ts";
import { galleryEntry } from "./gallery-entries.ts";

const EMBEDDED_MS = 300_000;
const FIRST_REWARD_MS = 60_000;

async function stopAfterFirstReward(app: App, problem: string, chain: string): Promise<void> {
  await app.openReady({ model: EMBEDDED, device: "wasm" });
  await app.write(problem, chain);
  await app.scoreButton.click();
  await expect(app.row(0)).toHaveAttribute("data-reward", /./, { timeout: FIRST_REWARD_MS });
  await app.stopButton.click();
  await app.idle();
}

test("a stopped run keeps its rewards and can be finished", async ({ app }) => {
  test.setTimeout(EMBEDDED_MS);
  const { problem, chain, scored } = galleryEntry("trip-long");
  await stopAfterFirstReward(app, problem, chain);

  const stopped = await app.rows();
  const kept = stopped.filter((row) => row.reward !== undefined).length;
  expect(stopped).toHaveLength(scored.stepCount);
  expect(kept).toBeGreaterThanOrEqual(1);
  expect(kept).toBeLessThan(scored.stepCount);
  for (const [index, row] of stopped.entries()) {
    expect(row.words.includes("not scored: stopped"), `step ${index + 1}`).toBe(index >= kept);
    expect(row.reward === undefined).toBe(index >= kept);
  }
  await expect(app.verdict).toContainText(`${kept} of ${scored.stepCount} steps scored`);
  await expect(app.page.getByText("Stopped. Score goes on from here.")).toBeVisible();

  await app.scoreButton.click();
  // What was there does not go away while the rest is computed.
  await expect(app.stopButton).toBeVisible();
  await expect(app.row(0)).toHaveAttribute("data-reward", String(stopped[0]?.reward));
  await app.idle();
  const resumed = await app.rewards();
  expect(resumed).not.toContain(undefined);
  await app.detail.getByText("What the model saw").click();
  await expect(app.detail).toContainText(/; \d+ reused from earlier runs/);

  // A fresh page has nothing of the first run to reuse.
  await app.openReady({ model: EMBEDDED, device: "wasm" });
  await app.score(problem, chain);
  const uninterrupted = await app.rewards();
  expectRewards(
    resumed,
    uninterrupted.map((reward) => reward ?? Number.NaN),
    0.001,
  );
});

test("a reload keeps what a stopped run has scored, and so does Score", async ({ app, page }) => {
  test.setTimeout(EMBEDDED_MS);
  const { problem, chain, scored } = galleryEntry("trip-long");
  await stopAfterFirstReward(app, problem, chain);
  const stopped = await app.rewards();
  await app.row(1).click();
  await expect(page).toHaveURL(/step=2/);
  await page.reload();
  await app.idle();
  expect(await app.rewards()).toEqual(stopped);
  await expect(page).toHaveURL(/step=2/);
  const kept = stopped.filter((reward) => reward !== undefined).length;
  await expect(app.verdict).toContainText(`${kept} of ${scored.stepCount} steps scored`);
  // What is there stays while the rest is computed.
  await app.scoreButton.click();
  await expect(app.stopButton).toBeVisible();
  expect((await app.rewards()).slice(0, kept)).toEqual(stopped.slice(0, kept));
  await app.stopButton.click();
});

test("an example's scores are there again when scoring it anew is stopped", async ({ app }) => {
  test.setTimeout(EMBEDDED_MS);
  await app.openReady({ model: EMBEDDED, device: "wasm", hash: "#example=paint-think-wrong" });
  await expect(app.verdict).toBeVisible();
  const before = await app.rewards();
  await app.scoreButton.click();
  await app.stopButton.click();
  await app.idle();
  expect(await app.rewards()).toEqual(before);
  await expect(app.page.getByText("The earlier scores are shown: scoring again was stopped.")).toBeVisible();
});
