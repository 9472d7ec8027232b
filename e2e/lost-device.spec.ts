/** The graphics device goes away, as it does on driver updates and laptop docks. */
import { type App, expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";

/** Long enough that the run is still going when its device is lost. */
const MANY_STEPS = Array.from({ length: 400 }, (_, index) => `n = ${index + 1}`);
/** The first pass compiles shaders on a processor. */
const FIRST_REWARD_MS = 60_000;

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

const LOST =
  /^The graphics device was lost: .+\. The graphics device went away; Score loads the model again\.$/;

test("a lost device gives one message, and the next Score gets another", async ({ app, page }) => {
  await page.route("**/scoring.worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${KEEP_DEVICES}${await response.text()}` });
  });
  await app.openReady({ device: "webgpu" });
  await app.paste("Count.", joinSteps(MANY_STEPS));
  await app.scoreButton.click();
  await expect(app.row(0)).toHaveAttribute("data-reward", /./, { timeout: FIRST_REWARD_MS });
  await loseDevice(app);
  await app.idle();
  await expect(app.alerts).toHaveText(LOST);
  await expect(app.chain).toHaveValue(joinSteps(MANY_STEPS));
  const kept = await app.rewards();
  expect(kept[0]).toBeDefined();
  expect(kept.at(-1)).toBeUndefined();

  const { problem, steps, rewards } = EIGHT_STEPS;
  await app.score(problem, joinSteps(steps));
  await expect(app.alerts).toHaveCount(0);
  await expect(app.device).toHaveAttribute("data-device", "webgpu");
  expectRewards(await app.rewards(), rewards, 0.001);

  // Between two runs nobody is waiting; the next run is told.
  await loseDevice(app);
  await app.score("What is 2 + 3?", "2 + 3 = 5");
  await expect(app.alerts).toHaveText(LOST);
  expect(await app.rewards()).toEqual([undefined]);
});
