/** What this device cannot hold or run is refused by its name as it is in the list: at once, or once sizes are known. */
import { expect, test } from "../app.ts";
import { checkpointFolder, routeHub } from "../hub.ts";

const HUB = "https://huggingface.co";
const VAST = 60e9;

interface ListedFile {
  readonly path: string;
  readonly lfs?: object;
}

/** What the browser lets the page store, whatever this machine has. */
const QUOTA = 10e9;

test.beforeEach(async ({ app, page, context }) => {
  await app.open({ device: "wasm" });
  await app.idle();
  const devtools = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: QUOTA });
  await page.getByRole("button", { name: "Models" }).click();
});

test("a listed model that is typed is refused by the sentence of the list", async ({
  app,
  page,
  context,
}) => {
  const repository = "Qwen/Qwen2.5-Math-PRM-72B";
  const asked: string[] = [];
  await context.route(`${HUB}/**`, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  const row = page.getByRole("row").filter({ hasText: repository });
  const reason = await row.getByText(/^needs .* for this page$/).textContent();
  expect(reason).toMatch(/^needs \d+\.\d GB of storage while it is converted/);
  await page.getByLabel("Hugging Face repository").fill(repository);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(app.alerts).toHaveText(`${repository} was not added. ${repository} ${reason}.`);
  await expect(page.getByLabel("Hugging Face repository")).toHaveValue(repository);
  expect(asked).toEqual([]);
});

test("any other is refused before its weights are asked for, and nothing of it stays", async ({
  app,
  page,
  context,
}) => {
  const repository = "owner/vast";
  const hub = await routeHub(context, { [repository]: { folder: checkpointFolder("tiny-trl-prm") } });
  await context.route(`${HUB}/api/models/${repository}/tree/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const listed = (await (await fetch(`${hub.server.url}${pathname}${search}`)).json()) as ListedFile[];
    await route.fulfill({
      json: listed.map((file) =>
        file.lfs === undefined ? file : { ...file, size: VAST, lfs: { ...file.lfs, size: VAST } },
      ),
    });
  });
  await page.getByLabel("Hugging Face repository").fill(repository);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(app.alerts).toHaveText(
    /^owner\/vast was not added\. owner\/vast needs 6\d\.\d GB or more of storage while it is converted, and the browser has \d+\.\d GB for this page\.$/,
  );
  expect(hub.server.rangesOf("model.safetensors")).toEqual([]);
  await app.idle();
  await expect(page.getByRole("button", { name: `Continue ${repository}, q4` })).toHaveCount(0);
  await hub.close();
});
