/** The graphics device goes away, as it does on driver updates and laptop docks. */
import { type App, expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";

/** Runs before the worker's own code: keeps every device it is given within the test's reach. */
const KEEP_DEVICES = `
  self.devices = [];
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    self.devices.push(device);
    return device;
  };
`;

async function loseDevice(app: App): Promise<void> {
  const worker = await app.worker();
  await worker.evaluate(() => {
    const { devices } = self as unknown as { devices: GPUDevice[] };
    for (const device of devices) {
      device.destroy();
    }
  });
}

test.beforeEach(async ({ app, page }) => {
  await page.route("**/scoring.worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${KEEP_DEVICES}${await response.text()}` });
  });
  await app.openReady({ device: "webgpu" });
  await expect(app.device).toHaveAttribute("data-device", "webgpu");
});

test("a device lost between runs gives one message and is replaced", async ({ app }) => {
  const { problem, steps, rewards } = EIGHT_STEPS;
  await loseDevice(app);
  await app.score(problem, joinSteps(steps));
  await expect(app.alerts).toHaveText(/^The graphics device was lost: .*\. The graphics device went away; Score loads the model again\.$/);
  await expect(app.chain).toHaveValue(joinSteps(steps));
  expect(await app.rewards()).toEqual(steps.map(() => undefined));
  await app.scoreAgain();
  await expect(app.alerts).toHaveCount(0);
  await expect(app.device).toHaveAttribute("data-device", "webgpu");
  expectRewards(await app.rewards(), rewards, 0.001);
});
