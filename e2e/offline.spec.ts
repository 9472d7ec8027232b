/** Nothing leaves the tab: without a network everything works, and with one nobody else is asked. */
import { expect, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";
import { galleryEntry, storedRewards } from "./gallery-entries.ts";
import { ISOLATED_URL } from "./playwright.config.ts";

test("once the model is ready the network may go", async ({ app, page, context }) => {
  const asked: URL[] = [];
  context.on("request", (request) => asked.push(new URL(request.url())));
  page.on("websocket", (socket) => asked.push(new URL(socket.url())));
  await app.openReady({ device: "wasm" });
  await context.setOffline(true);
  const isReachable = () =>
    fetch("favicon.svg", { cache: "no-store" }).then(
      () => true,
      () => false,
    );
  expect(await page.evaluate(isReachable)).toBe(false);
  const worker = await app.worker();
  expect(await worker.evaluate(isReachable)).toBe(false);
  await expect(page.getByText("offline", { exact: true })).toBeVisible();

  const example = galleryEntry("paint-think-wrong");
  await page.getByRole("main").getByRole("button", { name: example.title }).click();
  await expect.poll(() => app.rewards()).toEqual(storedRewards(example));

  await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
  expect(await app.rewards()).toHaveLength(EIGHT_STEPS.steps.length);
  expect(await app.rewards()).not.toContain(undefined);
  await app.detail.getByText("What the model saw").click();
  await expect(app.detail.getByRole("region", { name: "Prompt" })).toContainText("512 tokens");
  await expect(app.detail.getByRole("region", { name: "Logits" }).getByRole("row")).not.toHaveCount(0);

  const home = new URL(ISOLATED_URL).origin;
  const isLocal = (url: URL) => url.origin === home || ["data:", "blob:"].includes(url.protocol);
  expect(asked.filter((url) => !isLocal(url)).map(String)).toEqual([]);
  // The worker's own requests were seen, too: these files are asked for by nobody else.
  const names = asked.map((url) => url.pathname.split("/").at(-1));
  expect(names).toEqual(expect.arrayContaining(["stepscope.json", "tokenizer.json", "model_q4.onnx"]));
  expect(names.some((name) => name?.endsWith(".wasm"))).toBe(true);
});
