/** Two tabs of one browser share its models: what one does to them the other shows. */
import { App, expect, test } from "./app.ts";
import { dropFiles, PROCESSBENCH_ROWS, toJsonl } from "./data-files.ts";
import { checkpointFolder } from "./hub.ts";

const NAME = "tiny-trl-prm";
const EMBEDDED_NAME = "Stepscope PRM 135M";

test.beforeEach(async ({ app, page }) => {
  await app.open({ device: "wasm" });
  await app.idle();
  await page.getByRole("button", { name: "Models" }).click();
});

test("a model added or deleted in one tab is so in the other", async ({ app, page, context }) => {
  const other = new App(await context.newPage());
  await other.open({ device: "wasm" });
  await other.idle();
  await other.page.getByRole("button", { name: "Models" }).click();
  await expect(other.page.getByTestId("storage")).toBeVisible();

  // What is asserted of a tab is asserted while it is behind: one that is looked at reads the list by itself.
  await page.bringToFront();
  await page.getByLabel("Model folder").setInputFiles(checkpointFolder(NAME));
  await app.idle();
  const use = other.page.getByRole("button", { name: `Use ${NAME}, q4` });
  await expect(use).toBeVisible();
  await other.page.bringToFront();
  await use.click();
  await other.idle();
  await expect(other.device).toBeVisible();

  await page.bringToFront();
  await page.getByRole("button", { name: `Delete ${NAME}, q4` }).click();
  await page.getByRole("button", { name: `Delete for good: ${NAME}, q4` }).click();
  await expect(other.page.getByRole("button", { name: `Delete ${NAME}, q4` })).toBeHidden();
  // It is in that tab's memory still.
  await expect(other.model).toContainText(
    `${NAME} was deleted from this browser’s storage. It can be used until the page is closed.`,
  );
  await other.page.bringToFront();
  await other.score("What is 2 + 3?", "2 + 3 = 5");
  expect(await other.rewards()).toEqual([expect.any(Number)]);

  // A visit later there is nothing to load, and nothing to retry.
  await other.open({ model: "chosen", device: "wasm" });
  await other.idle();
  await expect(other.alerts).toHaveText(`${NAME} was deleted from this browser’s storage.`);
  await expect(other.page.getByRole("button", { name: "Retry" })).toHaveCount(0);
  await other.model.getByRole("button", { name: `Use ${EMBEDDED_NAME}` }).click();
  await expect(other.alerts).toHaveCount(0);
  await other.page.getByRole("button", { name: "Models" }).click();
  await expect(other.page.getByRole("button", { name: `In use: ${EMBEDDED_NAME}` })).toBeVisible();
});

test("a tab that is looked at again shows what is there now", async ({ app, page }) => {
  await page.getByLabel("Model folder").setInputFiles(checkpointFolder(NAME));
  await app.idle();
  await expect(page.getByRole("button", { name: `Use ${NAME}, q4` })).toBeVisible();
  // As another version of the page might, which tells nobody.
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry("models", { recursive: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(page.getByRole("button", { name: `Use ${NAME}, q4` })).toBeHidden();
});

test("a duplicated tab keeps its own data, and leaves the other one its", async ({ app, page, context }) => {
  await page.getByRole("button", { name: "Close models" }).click();
  await dropFiles(page, [{ name: "mine.jsonl", text: toJsonl(PROCESSBENCH_ROWS) }]);
  await app.idle();
  // What a window opens has the tab's session, as a tab that is duplicated has.
  const [opened] = await Promise.all([
    context.waitForEvent("page"),
    page.evaluate(() => {
      window.open(location.href);
    }),
  ]);
  const other = new App(opened);
  await other.idle();
  const sourceOf = (one: App) => one.page.getByRole("region", { name: "Source" });
  await expect(sourceOf(other)).toContainText("mine.jsonl");
  const rows = PROCESSBENCH_ROWS.map((row, index) => ({ ...row, id: `other-${index}` }));
  await dropFiles(opened, [{ name: "other.jsonl", text: toJsonl(rows) }]);
  await other.idle();
  for (const [one, name] of [
    [app, "mine.jsonl"],
    [other, "other.jsonl"],
    [app, "mine.jsonl"],
  ] as const) {
    await one.page.bringToFront();
    await one.page.reload();
    await one.idle();
    await expect(sourceOf(one)).toContainText(name);
  }
  await expect(sourceOf(app)).toContainText("Open the file again to read it as something else.");
});
