/** Folders and repositories that are no models: one sentence that names the file, and nothing left behind. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, expect, test } from "./app.ts";
import { checkpointFolder, routeHub } from "./hub.ts";

const CONVERTED = fileURLToPath(new URL("fixtures/models/tiny-stepscope-prm", import.meta.url));

async function openModels(app: App): Promise<void> {
  await app.open({ device: "wasm" });
  await app.idle();
  await app.page.getByRole("button", { name: "Models" }).click();
}

async function addFolder(app: App, folder: string): Promise<void> {
  await app.page.getByLabel("Model folder").setInputFiles(folder);
  await app.idle();
}

/** Says why, and keeps nothing: the page's own model is the only one. */
async function expectRefused(app: App, why: RegExp): Promise<void> {
  await expect(app.alerts).toHaveText(why);
  await expect(app.page.getByRole("button", { name: /^(Use|Continue|Delete) (?!Stepscope)/ })).toHaveCount(0);
}

test.describe("a folder", () => {
  const spoiled: readonly (readonly [
    what: string,
    from: string,
    spoil: (folder: string) => void,
    why: RegExp,
  ])[] = [
    [
      "without a shard",
      checkpointFolder("tiny-qwen2.5-math-prm"),
      (folder) => rmSync(join(folder, "model-00002-of-00002.safetensors")),
      /names model-00002-of-00002\.safetensors, which is missing/,
    ],
    [
      "whose shard is cut short",
      checkpointFolder("tiny-trl-prm"),
      (folder) => {
        const file = join(folder, "model.safetensors");
        writeFileSync(file, readFileSync(file).subarray(0, 500_000));
      },
      /model\.safetensors: tensor .* lies at bytes \d+ to \d+ of \d+ bytes of data/,
    ],
    [
      "of another architecture",
      checkpointFolder("tiny-trl-prm"),
      (folder) => {
        const file = join(folder, "config.json");
        writeFileSync(file, readFileSync(file, "utf8").replace('"qwen2"', '"gpt2"'));
      },
      /architecture "gpt2" is not known/i,
    ],
    [
      "of a converted model with one byte flipped",
      CONVERTED,
      (folder) => {
        const file = join(folder, "onnx/model_q4.onnx");
        const bytes = readFileSync(file);
        bytes[1_000_000] = (bytes[1_000_000] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
      /onnx\/model_q4\.onnx does not match the SHA-256 in the model's manifest/,
    ],
    [
      "with nothing of a model",
      checkpointFolder("tiny-trl-prm"),
      (folder) => {
        for (const file of ["config.json", "model.safetensors"]) {
          rmSync(join(folder, file));
        }
      },
      /config\.json is missing/,
    ],
  ];

  for (const [what, from, spoil, why] of spoiled) {
    test(what, async ({ app }, info) => {
      const folder = info.outputPath("model");
      cpSync(from, folder, { recursive: true });
      spoil(folder);
      await openModels(app);
      await addFolder(app, folder);
      await expectRefused(app, why);
    });
  }
});

test("a converted folder, dropped, is copied, verified and used as it is", async ({ app, page, context }) => {
  await app.open({ device: "wasm" });
  await app.idle();
  // Playwright drops no folders; DevTools does.
  const devtools = await context.newCDPSession(page);
  const data = { items: [], files: [CONVERTED], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 700, y: 400, data });
  }
  await expect(page.getByRole("heading", { name: "Models" })).toBeVisible();
  await app.idle();
  await page.getByRole("button", { name: "Use Tiny random model, for tests only, q4" }).click();
  await app.idle();
  await expect(app.device).toBeVisible();
});

test("storage that is full keeps what was downloaded, and says what to do", async ({
  app,
  page,
  context,
}) => {
  const repository = "Gen-Verse/ReasonFlux-PRM-7B";
  const folder = checkpointFolder("tiny-reasonflux-prm-7b");
  const hub = await routeHub(context, { [repository]: { folder } });
  await openModels(app);
  const devtools = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  const { usage } = await devtools.send("Storage.getUsageAndQuota", { origin });
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage + 800_000 });
  await page.getByLabel("Hugging Face repository").fill(repository);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await app.idle();
  await expect(app.alerts).toHaveText(/this browser's storage for the page is full\. Delete a model/);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  await page.getByRole("button", { name: `Continue ${repository}, q4` }).click();
  await app.idle();
  await expect(page.getByRole("button", { name: `Use ${repository}, q4` })).toBeVisible();
  await hub.close();
});
