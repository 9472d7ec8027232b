/** The models by keyboard and by ear: the focus never falls off the page, and what happens is said. */
import type { Locator } from "@playwright/test";
import { expect, test } from "../app.ts";
import { checkpointFolder, routeHub } from "../hub.ts";

/** Presses a button as the keyboard does. */
async function press(button: Locator): Promise<void> {
  await button.focus();
  await button.press("Enter");
}

test.beforeEach(async ({ app, page }) => {
  await app.open({ device: "wasm" });
  await app.idle();
  await page.getByRole("button", { name: "Models" }).click();
});

test("adding, cancelling, going on and dismissing hand the focus on", async ({ app, page, context }) => {
  const repository = "owner/reasonflux";
  const hub = await routeHub(context, {
    [repository]: { folder: checkpointFolder("tiny-reasonflux-prm-7b") },
  });
  const release = hub.hold("model-00002-of-00002.safetensors");
  const news = page.getByRole("status", { name: "Models" });
  const heading = page.getByRole("heading", { name: "On this device" });
  const card = page.getByRole("region", { name: `Adding ${repository}` });
  const cancel = card.getByRole("button", { name: "Cancel" });
  const name = page.getByLabel("Hugging Face repository");
  const add = page.getByRole("button", { name: "Add", exact: true });

  await name.fill(repository);
  await press(add);
  await expect(card).toBeFocused();
  await expect(card.getByRole("status")).toHaveText(/^Downloading: 0\.7\d MB of /);
  await press(cancel);
  await expect(heading).toBeFocused();
  await expect(news).toHaveText(`Adding ${repository} was cancelled.`);

  await press(page.getByRole("button", { name: `Continue ${repository}, q4` }));
  await expect(card).toBeFocused();
  await cancel.focus();
  release();
  await expect(news).toHaveText(`${repository} was added.`);
  await expect(heading).toBeFocused();

  await name.fill("nobody/nothing");
  await press(add);
  const failed = page.getByRole("region", { name: "Adding nobody/nothing" });
  await expect(news).toHaveText("nobody/nothing was not added.");
  await expect(failed).toBeFocused();
  await press(failed.getByRole("button", { name: "Try again" }));
  await expect(failed).toBeFocused();
  await expect(app.alerts).toHaveText(/does not exist/);
  await press(failed.getByRole("button", { name: "Dismiss" }));
  await expect(heading).toBeFocused();
  await hub.close();
});

test("using and deleting hand the focus on", async ({ app, page }) => {
  const names = ["tiny-math-shepherd", "tiny-trl-prm"] as const;
  for (const folder of names) {
    await page.getByLabel("Model folder").setInputFiles(checkpointFolder(folder));
    await app.idle();
  }
  const [first, second] = names;
  await press(page.getByRole("button", { name: `Use ${first}, q4` }));
  await expect(page.getByRole("button", { name: `In use: ${first}, q4` })).toBeFocused();
  await app.idle();

  for (const [deleted, next] of [
    [first, second],
    [second, "Stepscope PRM 135M"],
  ] as const) {
    await press(page.getByRole("button", { name: `Delete ${deleted}, q4` }));
    const forGood = page.getByRole("button", { name: `Delete for good: ${deleted}, q4` });
    // What is said begins with what is seen.
    await expect(forGood).toHaveText("Delete for good");
    await expect(forGood).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("listitem").filter({ hasText: next })).toBeFocused();
    await expect(page.getByRole("status", { name: "Models" })).toHaveText(`${deleted} was deleted.`);
  }
});

test("a progress bar has an end only once it is known", async ({ page, context }) => {
  await context.route("https://huggingface.co/**", () => undefined);
  await page.getByLabel("Hugging Face repository").fill("owner/name");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const bar = page.getByRole("progressbar", { name: "Adding owner/name" });
  await expect(page.getByText("Asking the Hub what the repository holds")).toBeVisible();
  await expect(bar).toBeVisible();
  await expect(bar).not.toHaveAttribute("aria-valuemax");
  await expect(bar).not.toHaveAttribute("aria-valuenow");
});
