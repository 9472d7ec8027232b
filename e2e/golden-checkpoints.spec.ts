/** Published layouts, converted in the tab, against what PyTorch computed from the same files. */
import { type App, expect, expectRewards, joinSteps, test } from "./app.ts";
import { type ExpectedCase, expectedCases } from "./expected-cases.ts";
import { checkpointFolder } from "./hub.ts";

const CHECKPOINTS = [
  "tiny-qwen2.5-math-prm",
  "tiny-reasonflux-prm-7b",
  "tiny-reasonflux-prm-1.5b",
  "tiny-skywork-prm",
  "tiny-math-shepherd",
  "tiny-rlhflow-llama3",
  "tiny-trl-prm",
] as const;

/** Largest difference of a reward from PyTorch's float32; random weights in 4 bits promise nothing. */
const DTYPES = [
  { dtype: "fp32", tolerance: 1e-3 },
  { dtype: "q8", tolerance: 0.03 },
] as const;

const CHECKPOINT_MS = 120_000;

async function addAndUse(app: App, name: string, dtype: string): Promise<void> {
  await app.page.getByRole("button", { name: "Models" }).click();
  await app.page.getByLabel("Store weights as").selectOption(dtype);
  await app.page.getByLabel("Model folder").setInputFiles(checkpointFolder(name));
  await app.idle();
  await app.page.getByRole("button", { name: `Use ${name}, ${dtype}` }).click();
  await app.idle();
}

async function expectCase(app: App, expected: ExpectedCase, tolerance: number): Promise<void> {
  await app.score(expected.problem, joinSteps(expected.steps));
  expectRewards(await app.rewards(), expected.rewards, tolerance);
}

for (const name of CHECKPOINTS) {
  test(`${name} on WASM`, async ({ app }) => {
    test.setTimeout(CHECKPOINT_MS);
    await app.open({ device: "wasm" });
    await app.idle();
    const cases = expectedCases(name);
    for (const { dtype, tolerance } of DTYPES) {
      await test.step(dtype, async () => {
        await addAndUse(app, name, dtype);
        for (const expected of cases) {
          await expectCase(app, expected, tolerance);
        }
      });
    }
    await app.detail.getByText("What the model saw").click();
    expect(await app.promptIds()).toEqual(cases.at(-1)?.input_ids);
  });
}

for (const name of ["tiny-qwen2.5-math-prm", "tiny-rlhflow-llama3"] as const) {
  test(`${name} on WebGPU`, async ({ app }) => {
    test.setTimeout(2 * CHECKPOINT_MS);
    await app.open({ device: "webgpu" });
    await app.idle();
    for (const { dtype, tolerance } of DTYPES) {
      await test.step(dtype, async () => {
        await addAndUse(app, name, dtype);
        await expect(app.device).toHaveAttribute("data-device", "webgpu");
        for (const expected of expectedCases(name)) {
          await expectCase(app, expected, tolerance);
        }
      });
    }
  });
}
