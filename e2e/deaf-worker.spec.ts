/** A thread that computes without a pause reads no message: what asked it to stop still stops, and nothing is lost. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";
import { checkpointFolder, routeHub } from "./hub.ts";

const ENDLESS =
  "{% for a in range(100000) %}{% for b in range(100000) %}{% for c in range(100000) %}{% endfor %}{% endfor %}{% endfor %}";

test("adding a model whose chat template never ends is cancelled, keeps its files and can go on", async ({
  app,
  page,
  context,
}, info) => {
  const repository = "owner/endless";
  const folder = info.outputPath("endless");
  cpSync(checkpointFolder("tiny-qwen2.5-math-prm"), folder, { recursive: true });
  writeFileSync(join(folder, "chat_template.jinja"), ENDLESS);
  const hub = await routeHub(context, { [repository]: { folder } });
  await app.open({ device: "wasm" });
  await app.idle();
  await page.getByRole("button", { name: "Models" }).click();
  await page.getByLabel("Hugging Face repository").fill(repository);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const card = page.getByRole("region", { name: `Adding ${repository}` });
  for (const begin of ["Add", "Continue"]) {
    await test.step(`${begin}, then Cancel`, async () => {
      // Everything is here and the template is being rendered.
      await expect(card.getByRole("status")).toHaveText(/^(Downloading: (.*) of \2|Converting: .*)$/);
      await card.getByRole("button", { name: "Cancel" }).click();
      await expect(card).toBeHidden();
      await expect(app.alerts).toHaveCount(0);
      if (begin === "Add") {
        await page.getByRole("button", { name: `Continue ${repository}, q4` }).click();
      }
    });
  }
  for (const shard of ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]) {
    expect(hub.server.rangesOf(shard)).toEqual(["bytes=0-"]);
  }
  await page.getByRole("button", { name: `Delete ${repository}, q4` }).click();
  await page.getByRole("button", { name: `Delete for good: ${repository}, q4` }).click();
  await expect(page.getByRole("button", { name: `Continue ${repository}, q4` })).toBeHidden();
  await expect(app.alerts).toHaveCount(0);
  await hub.close();
});

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
