/** Folders and repositories that are no models: one sentence that names the file, and nothing left behind. */
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, expect, expectRewards, joinSteps, test } from "../app.ts";
import { expectedCases } from "../expected-cases.ts";
import { checkpointFolder, routeHub } from "../hub.ts";

const CONVERTED = fileURLToPath(new URL("../fixtures/models/tiny-stepscope-prm", import.meta.url));

async function openModels(app: App): Promise<void> {
  await app.open({ device: "wasm" });
  await app.idle();
  await app.page.getByRole("button", { name: "Models" }).click();
}

async function addFolder(app: App, folder: string): Promise<void> {
  await app.page.getByLabel("Model folder").setInputFiles(folder);
  await app.idle();
}

/** Paths of all that lies in the origin's private file system. */
async function listStored(): Promise<string[]> {
  const walk = async (folder: FileSystemDirectoryHandle, prefix: string): Promise<string[]> => {
    const paths: string[] = [];
    for await (const [name, entry] of folder.entries()) {
      paths.push(prefix + name);
      if (entry instanceof FileSystemDirectoryHandle) {
        paths.push(...(await walk(entry, `${prefix}${name}/`)));
      }
    }
    return paths;
  };
  return walk(await navigator.storage.getDirectory(), "");
}

/** Says why, and keeps nothing: the page's own model is the only one. */
async function expectRefused(app: App, why: RegExp): Promise<void> {
  await expect(app.alerts).toHaveText(why);
  await expect(app.page.getByRole("button", { name: /^(Use|Continue|Delete) (?!Stepscope)/ })).toHaveCount(0);
  // The folder of all models, and nothing in it.
  expect(await app.page.evaluate(listStored)).toEqual(["models"]);
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

test("a folder the command line made, dropped, is copied, verified and used as it is", async ({
  app,
  page,
  context,
}, info) => {
  const name = "tiny-math-shepherd";
  const folder = info.outputPath(name);
  const command = fileURLToPath(new URL("../../bin/stepscope.mjs", import.meta.url));
  execFileSync(process.execPath, [command, "convert", checkpointFolder(name), folder, "--dtype", "fp32"]);
  await app.open({ device: "wasm" });
  await app.idle();
  // Playwright drops no folders; DevTools does.
  const devtools = await context.newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 700, y: 400, data });
  }
  await expect(page.getByRole("heading", { name: "Models" })).toBeVisible();
  await app.idle();
  await page.getByRole("button", { name: `Use ${name}, fp32` }).click();
  await app.idle();
  const [first] = expectedCases(name);
  await app.score(first?.problem ?? "", joinSteps(first?.steps ?? []));
  expectRewards(await app.rewards(), first?.rewards ?? [], 0.001);
});

test("a repository that is refused is not kept, whatever its small files have shown", async ({
  app,
  page,
  context,
}, info) => {
  const folder = info.outputPath("gpt2");
  cpSync(checkpointFolder("tiny-trl-prm"), folder, { recursive: true });
  const config = join(folder, "config.json");
  writeFileSync(config, readFileSync(config, "utf8").replace('"qwen2"', '"gpt2"'));
  const hub = await routeHub(context, { "owner/gpt2": { folder } });
  await openModels(app);
  await page.getByLabel("Hugging Face repository").fill("owner/gpt2");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await app.idle();
  await expectRefused(app, /architecture "gpt2" is not known/i);
  await hub.close();
});

test("16-bit activations on a GPU without them are refused in one sentence", async ({ app, page }) => {
  await app.open({ device: "webgpu" });
  await app.idle();
  await page.getByRole("button", { name: "Models" }).click();
  await page.getByLabel("Store weights as").selectOption("q4f16");
  await addFolder(app, checkpointFolder("tiny-trl-prm"));
  await page.getByRole("button", { name: "Use tiny-trl-prm, q4f16" }).click();
  await app.idle();
  await expect(app.alerts).toHaveText(
    "This GPU has no 16-bit floats, which q4f16 needs. Reload without ?device=webgpu to run on WebAssembly.",
  );
});

test("storage that is full keeps what was downloaded, and says what to do", async ({
  app,
  page,
  context,
}) => {
  const repository = "owner/ReasonFlux-PRM-tiny";
  const folder = checkpointFolder("tiny-reasonflux-prm-7b");
  const hub = await routeHub(context, { [repository]: { folder } });
  const release = hub.hold("model-00001-of-00002.safetensors");
  await openModels(app);
  await page.getByLabel("Hugging Face repository").fill(repository);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  // Full only now: what is too small from the start is told before anything is downloaded.
  await expect(page.getByText(/^Downloading: .* of /)).toBeVisible();
  const devtools = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  const { usage } = await devtools.send("Storage.getUsageAndQuota", { origin });
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage + 100_000 });
  release();
  await app.idle();
  await expect(app.alerts).toHaveText(/this browser's storage for the page is full\. Delete a model/);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  await page.getByRole("button", { name: `Continue ${repository}, q4` }).click();
  await app.idle();
  await expect(page.getByRole("button", { name: `Use ${repository}, q4` })).toBeVisible();
  await hub.close();
});
