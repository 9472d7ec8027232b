/** Nothing leaves the tab: without a network everything works, and with one nobody else is asked. */
import { type App, expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";
import { galleryEntry, storedRewards } from "./gallery-entries.ts";
import { ISOLATED_URL } from "./playwright.config.ts";

const { problem, steps, rewards, input_ids: ids } = EIGHT_STEPS;

function isReachable(): Promise<boolean> {
  return fetch("models/", { cache: "no-store" }).then(
    () => true,
    () => false,
  );
}

async function expectJourneyWorks(app: App): Promise<void> {
  const example = galleryEntry("paint-think-wrong");
  await app.page.getByRole("main").getByRole("button", { name: example.title }).click();
  await expect.poll(() => app.rewards()).toEqual(storedRewards(example));

  await app.score(problem, joinSteps(steps));
  expectRewards(await app.rewards(), rewards, 0.001);
  await app.detail.getByText("What the model saw").click();
  expect(await app.promptIds()).toEqual(ids);
  await expect(app.detail.getByRole("region", { name: "Logits" }).getByRole("row")).not.toHaveCount(0);
}

test("once the model is ready the network may go", async ({ app, page, context }) => {
  const asked: URL[] = [];
  context.on("request", (request) => asked.push(new URL(request.url())));
  page.on("websocket", (socket) => asked.push(new URL(socket.url())));
  await app.openReady({ device: "wasm" });
  await context.setOffline(true);
  expect(await page.evaluate(isReachable)).toBe(false);
  const worker = await app.worker();
  expect(await worker.evaluate(isReachable)).toBe(false);
  await expect(page.getByText("offline", { exact: true })).toBeVisible();

  await expectJourneyWorks(app);

  const home = new URL(ISOLATED_URL).origin;
  const isLocal = (url: URL) => url.origin === home || ["data:", "blob:"].includes(url.protocol);
  expect(asked.filter((url) => !isLocal(url)).map(String)).toEqual([]);
  // The worker's own requests were seen, too: these files are asked for by nobody else.
  const names = asked.map((url) => url.pathname.split("/").at(-1));
  expect(names).toEqual(expect.arrayContaining(["stepscope.json", "tokenizer.json", "model_q4.onnx"]));
  expect(names.some((name) => name?.endsWith(".wasm"))).toBe(true);
});

test.describe("a later visit", () => {
  test.use({ serviceWorkers: "allow" });

  test("needs no network at all", async ({ app, page, context }) => {
    await app.openReady({ device: "wasm" });
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.reload();
    expect(await page.evaluate(isReachable)).toBe(false);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await app.idle();
    await expect(app.device).toBeVisible();
    await expectJourneyWorks(app);
  });
});
