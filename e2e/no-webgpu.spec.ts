/** A machine without WebGPU: said once where it was asked for, and not missed where it was not. */
import { expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";
import config from "./playwright.config.ts";

const { args = [], ...launch } = config.use?.launchOptions ?? {};

// Deleting `navigator.gpu` in the page would not reach the worker.
test.use({
  launchOptions: {
    ...launch,
    args: args.filter((arg) => !arg.includes("webgpu")),
  },
});

test("?device=webgpu is refused in one sentence", async ({ app }) => {
  await app.open({ device: "webgpu" });
  await app.idle();
  await expect(app.alerts).toHaveText(
    "WebGPU was asked for, but WebGPU found no graphics adapter. Reload without ?device=webgpu to run on WebAssembly.",
  );
  await expect(app.device).toHaveCount(0);
});

test("the page runs on WebAssembly and says why", async ({ app }) => {
  await app.openReady();
  await expect(app.device).toHaveAttribute("data-device", "wasm");
  await expect(app.device).toHaveAttribute("title", "WebGPU found no graphics adapter");
  await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
  expectRewards(await app.rewards(), EIGHT_STEPS.rewards, 0.001);
});
