/** What the page shows against what PyTorch computed, on every device a test machine has. */
import { type App, EMBEDDED, expect, expectRewards, joinSteps, TINY, test } from "./app.ts";
import { type ExpectedCase, expectedCases } from "./expected-cases.ts";

/** 24 layers on a processor, or on a graphics card made of software: a minute or two on an idle machine. */
const EMBEDDED_MS = 300_000;

async function expectReference(app: App, expected: ExpectedCase, tolerance: number): Promise<void> {
  await app.score(expected.problem, joinSteps(expected.steps));
  const rows = await app.rows();
  expect(rows.map((row) => row.text)).toEqual(expected.steps);
  expectRewards(
    rows.map((row) => row.reward),
    expected.rewards,
    tolerance,
  );
  expectRewards([await app.trajectoryReward()], [expected.trajectory_reward], tolerance);
}

for (const { model, device, tolerance } of [
  { model: EMBEDDED, device: "wasm", tolerance: 0.005 },
  { model: TINY, device: "wasm", tolerance: 0.001 },
  { model: TINY, device: "webgpu", tolerance: 0.001 },
] as const) {
  test(`${model} on ${device} agrees with PyTorch on every case`, async ({ app }) => {
    test.setTimeout(EMBEDDED_MS);
    await app.openReady({ model, device });
    await expect(app.device).toHaveAttribute("data-device", device);
    for (const [index, expected] of expectedCases(model).entries()) {
      await test.step(`case ${index}`, () => expectReference(app, expected, tolerance));
    }
  });
}

test("the embedded model on webgpu agrees with PyTorch on its shortest case", async ({ app }) => {
  test.setTimeout(EMBEDDED_MS);
  const [shortest] = expectedCases(EMBEDDED).toSorted((a, b) => a.input_ids.length - b.input_ids.length);
  await app.openReady({ model: EMBEDDED, device: "webgpu" });
  await expect(app.device).toHaveAttribute("data-device", "webgpu");
  await expectReference(app, shortest as ExpectedCase, 0.005);
});
