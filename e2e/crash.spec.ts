/** The thread that scores dies: one message, nothing lost, and the next Score starts another. */
import { type App, expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";

/** Long enough that the run is still going when its thread is ended. */
const MANY_STEPS = Array.from({ length: 1000 }, (_, index) => `n = ${index + 1}`);

const CRASHED =
  "The scoring worker stopped: Uncaught Error: thrown by the test. Score starts it again and loads the model.";

async function crash(app: App): Promise<void> {
  const worker = await app.worker();
  const closed = worker.waitForEvent("close");
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error("thrown by the test");
    });
  });
  await closed;
}

async function expectScoringWorks(app: App): Promise<void> {
  await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
  await expect(app.alerts).toHaveCount(0);
  await expect(app.device).toBeVisible();
  expectRewards(await app.rewards(), EIGHT_STEPS.rewards, 0.001);
}

test("a crash in the middle of a run", async ({ app }) => {
  await app.openReady({ device: "wasm" });
  await app.paste("Count.", joinSteps(MANY_STEPS));
  await app.scoreButton.click();
  await expect(app.row(0)).toHaveAttribute("data-reward", /./);
  await crash(app);
  await app.idle();
  await expect(app.alerts).toHaveText(CRASHED);
  await expect(app.problem).toHaveValue("Count.");
  await expect(app.chain).toHaveValue(joinSteps(MANY_STEPS));
  const rows = await app.rows();
  expect(rows[0]?.reward).toBeDefined();
  expect(rows.at(-1)?.reward).toBeUndefined();
  expect(rows.at(-1)?.words).toContain("not scored: the run failed");
  await expectScoringWorks(app);
});

test("a crash while nothing is scored", async ({ app }) => {
  await app.openReady({ device: "wasm" });
  await crash(app);
  await app.score("What is 2 + 3?", "2 + 3 = 5");
  await expect(app.alerts).toHaveText(CRASHED);
  await expect(app.chain).toHaveValue("2 + 3 = 5");
  expect(await app.rewards()).toEqual([undefined]);
  await expectScoringWorks(app);
});
