/** Adding, using and deleting models in the tab. */
import { fileURLToPath } from "node:url";
import { type App, expect, expectRewards, joinSteps, test } from "./app.ts";
import { expectedCases } from "./expected-cases.ts";

function checkpoint(name: string): string {
  return fileURLToPath(new URL(`fixtures/checkpoints/${name}`, import.meta.url));
}

async function openModels(app: App): Promise<void> {
  await app.open({ device: "wasm" });
  await app.idle();
  await app.page.getByRole("button", { name: "Models" }).click();
}

test("a checkpoint's folder becomes a model that scores as PyTorch does", async ({ app, page }) => {
  test.setTimeout(120_000);
  page.on("console", (m) => console.log(m.text()));
  await openModels(app);
  await page.getByLabel("Store weights as").selectOption("fp32");
  await page.getByLabel("Model folder").setInputFiles(checkpoint("tiny-trl-prm"));
  await app.idle();
  await page.screenshot({ path: "/tmp/models.png" });
  await page.getByRole("button", { name: "Use tiny-trl-prm, fp32" }).click();
  await app.idle();
  const [first] = expectedCases("tiny-trl-prm");
  await app.score(first!.problem, joinSteps(first!.steps));
  expectRewards(await app.rewards(), first!.rewards, 0.001);
  await page.screenshot({ path: "/tmp/models2.png" });
});
