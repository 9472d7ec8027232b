/** A thread that computes without a pause reads no message: what asked it to stop still stops, and nothing is lost. */
import { expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";

test("a load whose thread never pauses is cancelled, and the next one works", async ({ app, page }) => {
  const graph = "**/models/*/onnx/model_q4.onnx";
  await page.route(graph, () => undefined);
  await app.open({ device: "wasm" });
  await expect(app.model.getByRole("status")).toHaveText(/^Downloading/);
  const worker = await app.worker();
  // Not in the evaluation itself: a browser waits for its debugger's tasks before it ends a thread.
  await worker.evaluate(() => {
    setTimeout(() => {
      for (;;) {
        // Until the thread is ended.
      }
    });
  });
  await app.model.getByRole("button", { name: "Cancel" }).click();
  await expect(app.model).toContainText("The model is not loaded.");
  await expect(app.alerts).toHaveCount(0);
  await page.unroute(graph);
  await app.model.getByRole("button", { name: "Load model" }).click();
  await app.idle();
  await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
  expectRewards(await app.rewards(), EIGHT_STEPS.rewards, 0.001);
});
