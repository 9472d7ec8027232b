/** Adding, using, exporting and deleting models in the tab. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type App, expect, expectRewards, joinSteps, test } from "./app.ts";
import { expectedCases } from "./expected-cases.ts";
import { checkpointFolder, routeHub } from "./hub.ts";

/** Converting even a tiny model compiles ONNX Runtime twice. */
const CONVERSION_MS = 120_000;

async function openModels(app: App): Promise<void> {
  await app.open({ device: "wasm" });
  await app.idle();
  await app.page.getByRole("button", { name: "Models" }).click();
}

/** Scores the first reference case with the model in use. */
async function expectReference(app: App, name: string): Promise<void> {
  const [first] = expectedCases(name);
  await app.score(first?.problem ?? "", joinSteps(first?.steps ?? []));
  expectRewards(await app.rewards(), first?.rewards ?? [], 0.001);
}

test.describe("a repository on the Hub", () => {
  // The name tells the protocol. One of the list would be judged by the list's sizes.
  const repository = "owner/ReasonFlux-PRM-tiny";
  const checkpoint = "tiny-reasonflux-prm-7b";
  const repositories = {
    [repository]: { folder: checkpointFolder(checkpoint), card: { license: "apache-2.0" } },
  };

  test("is downloaded, converted, used, and still there after a reload", async ({ app, page, context }) => {
    test.setTimeout(CONVERSION_MS);
    const hub = await routeHub(context, repositories);
    await openModels(app);
    await page.getByLabel("Store weights as").selectOption("fp32");
    await page.getByLabel("Hugging Face repository").fill(repository);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await app.idle();
    await page.getByRole("button", { name: `Use ${repository}, fp32` }).click();
    await app.idle();
    await expectReference(app, checkpoint);

    await context.setOffline(true);
    await hub.close();
    await context.setOffline(false);
    await page.goto(page.url().replace(/&model=[^&#]*/, ""));
    await app.idle();
    await expect(page.getByRole("banner").getByText(repository)).toBeVisible();
    await expectReference(app, checkpoint);
  });

  test("that was interrupted goes on after a reload, and no byte is asked for twice", async ({
    app,
    page,
    context,
  }) => {
    test.setTimeout(CONVERSION_MS);
    const hub = await routeHub(context, repositories);
    const second = "model-00002-of-00002.safetensors";
    const release = hub.hold(second);
    await openModels(app);
    await page.getByLabel("Store weights as").selectOption("fp32");
    await page.getByLabel("Hugging Face repository").fill(repository);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const card = page.getByRole("region", { name: `Adding ${repository}` });
    await expect(card.getByRole("status")).toHaveText(/^Downloading: 0\.7\d MB of /);
    await page.reload();
    release();
    await app.idle();
    await page.getByRole("button", { name: `Continue ${repository}, fp32` }).click();
    await app.idle();
    await expect(page.getByRole("button", { name: `Use ${repository}, fp32` })).toBeVisible();
    expect(hub.server.rangesOf("model-00001-of-00002.safetensors")).toEqual(["bytes=0-"]);
    await hub.close();
  });

  test("can be cancelled, and what was kept of it deleted", async ({ app, page, context }) => {
    const hub = await routeHub(context, repositories);
    hub.hold("model-00002-of-00002.safetensors");
    await openModels(app);
    await page.getByLabel("Hugging Face repository").fill(repository);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const card = page.getByRole("region", { name: `Adding ${repository}` });
    await expect(card.getByRole("status")).toHaveText(/^Downloading: 0\.7\d MB of /);
    await card.getByRole("button", { name: "Cancel" }).click();
    await expect(card).toBeHidden();
    await page.getByRole("button", { name: `Delete ${repository}, q4` }).click();
    await page.getByRole("button", { name: `Delete for good: ${repository}, q4` }).click();
    await expect(page.getByRole("button", { name: `Continue ${repository}, q4` })).toBeHidden();
    await hub.close();
  });

  test("that holds a converted model is taken as it is", async ({ app, page, context }) => {
    const converted = fileURLToPath(new URL("fixtures/models/tiny-stepscope-prm", import.meta.url));
    const hub = await routeHub(context, { "owner/converted": { folder: converted } });
    await openModels(app);
    await page.getByLabel("Hugging Face repository").fill("https://huggingface.co/owner/converted");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await app.idle();
    // What was added is in the list; the field is free for another.
    await expect(page.getByLabel("Hugging Face repository")).toHaveValue("");
    await page.getByRole("button", { name: "Use Tiny random model, for tests only, q4" }).click();
    await app.idle();
    await expectReference(app, "tiny-stepscope-prm");
    await hub.close();
  });

  test("that is not there, or cannot be run, is refused in one sentence", async ({ app, page, context }) => {
    const hub = await routeHub(context, repositories);
    await openModels(app);
    const add = async (name: string) => {
      await page.getByLabel("Hugging Face repository").fill(name);
      await page.getByRole("button", { name: "Add", exact: true }).click();
    };
    await add("nobody/nothing");
    await expect(app.alerts).toHaveText(/nobody\/nothing was not added\..*does not exist/);
    await expect(page.getByLabel("Hugging Face repository")).toHaveValue("nobody/nothing");
    await add("PRIME-RL/EurusPRM-Stage2");
    await expect(app.alerts).toHaveText(/EurusPRM is not supported/);
    await hub.close();
  });
});

test("a folder that is converted, used and exported scores as PyTorch does, and can be deleted", async ({
  app,
  page,
}) => {
  test.setTimeout(CONVERSION_MS);
  const name = "tiny-trl-prm";
  await openModels(app);
  await page.getByLabel("Store weights as").selectOption("fp32");
  await page.getByLabel("Model folder").setInputFiles(checkpointFolder(name));
  await app.idle();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: `Export ${name}, fp32` }).click();
  const archive = await (await download).path();
  expect((await readFile(archive)).subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  await page.getByRole("button", { name: `Use ${name}, fp32` }).click();
  await app.idle();
  await expectReference(app, name);
  await page.getByRole("button", { name: "Models" }).click();
  await page.getByRole("button", { name: "Use Stepscope PRM 135M" }).click();
  await page.getByRole("button", { name: "Close models" }).click();
  await expect(page.getByText("These results belong to the model that was in use before.")).toBeVisible();

  await page.getByRole("button", { name: "Models" }).click();
  await page.getByRole("button", { name: `Delete ${name}, fp32` }).click();
  await page.getByRole("button", { name: `Delete for good: ${name}, fp32` }).click();
  await expect(page.getByRole("button", { name: `Use ${name}, fp32` })).toBeHidden();
  await expect(page.getByText("In use")).toBeVisible();
});
