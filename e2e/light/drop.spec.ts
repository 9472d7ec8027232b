/** What is dropped that is neither text nor one folder: one sentence about it, and nothing lost or begun. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../app.ts";
import { checkpointFolder } from "../hub.ts";

/** Playwright drops no files from disk; DevTools does. */
async function drop(page: Page, files: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 700, y: 400, data });
  }
}

const CHECKPOINT = checkpointFolder("tiny-trl-prm");

const REFUSED = [
  {
    name: "two folders",
    dropped: () => [CHECKPOINT, checkpointFolder("tiny-math-shepherd")],
    words: "Drop one folder at a time: a model is one folder.",
  },
  {
    name: "a folder and a file",
    dropped: (scratch: string) => [CHECKPOINT, write(scratch, "chain.txt")],
    words: "Drop a model’s folder by itself, without other files.",
  },
  {
    name: "the files of a model without their folder",
    dropped: () =>
      ["config.json", "model.safetensors", "tokenizer.json"].map((file) => join(CHECKPOINT, file)),
    words: "The files of a model go together: drop the folder they are in.",
  },
  {
    name: "one file of a converted model",
    dropped: (scratch: string) => [write(scratch, "model_q4.onnx")],
    words: "The files of a model go together: drop the folder they are in.",
  },
  {
    name: "an archive",
    dropped: (scratch: string) => [write(scratch, "tiny-trl-prm--q4.zip")],
    words: "An archive cannot be read: unpack it first, then drop what is in it.",
  },
];

function write(scratch: string, name: string): string {
  const file = join(scratch, name);
  writeFileSync(file, `What is in ${name}.`);
  return file;
}

test("what cannot be read is refused in one sentence", async ({ app, page }, info) => {
  const scratch = info.outputPath("dropped");
  mkdirSync(scratch);
  await app.openReady({ device: "wasm" });
  await app.write("my problem", "my chain");
  for (const { name, dropped, words } of REFUSED) {
    await test.step(name, async () => {
      await drop(page, dropped(scratch));
      await expect(app.alerts).toHaveText(words);
      await expect(app.problem).toHaveValue("my problem");
      await expect(app.chain).toHaveValue("my chain");
      await expect(page.getByRole("heading", { name: "Models" })).toBeHidden();
    });
  }
});

test("one text and one folder are taken", async ({ app, page }, info) => {
  const scratch = info.outputPath("dropped");
  mkdirSync(scratch);
  await app.openReady({ device: "wasm" });
  await drop(page, [write(scratch, "chain.txt")]);
  await expect(app.chain).toHaveValue("What is in chain.txt.");
  const folder = join(scratch, "tiny-trl-prm");
  cpSync(CHECKPOINT, folder, { recursive: true });
  await drop(page, [folder]);
  await expect(page.getByRole("region", { name: "Adding tiny-trl-prm" })).toBeVisible();
  await expect(app.alerts).toHaveCount(0);
});
