/** What can go wrong between the model's folder and the first score, and the way out of each. */
import type { Page, Route } from "@playwright/test";
import type { ModelManifest } from "../src/core/manifest.ts";
import { type App, expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";

const GRAPH = "**/models/*/onnx/model_q4.onnx";
const MANIFEST = "**/models/*/stepscope.json";
const { problem, steps, rewards } = EIGHT_STEPS;

/** Answers with the file as it is on disk, its bytes changed. */
function changed(change: (bytes: Buffer) => Buffer) {
  return async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ status: 200, body: change(await response.body()) });
  };
}

function withFlippedBit(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[bytes.length >> 1] = (copy[bytes.length >> 1] ?? 0) ^ 1;
  return copy;
}

async function expectScoringWorks(app: App): Promise<void> {
  await app.scoreAgain();
  await expect(app.alerts).toHaveCount(0);
  expectRewards(await app.rewards(), rewards, 0.001);
}

for (const { name, url, answer, words } of [
  {
    name: "a file that is cut short",
    url: GRAPH,
    answer: changed((bytes) => bytes.subarray(0, bytes.length - 1000)),
    words: /model_q4\.onnx is cut short: 1,391,849 of 1,392,849 bytes\. The model.s files are damaged/,
  },
  {
    name: "a file with one bit flipped",
    url: GRAPH,
    answer: changed(withFlippedBit),
    words:
      /model_q4\.onnx does not match the SHA-256 in the model.s manifest\. The model.s files are damaged/,
  },
  {
    name: "a server's error",
    url: GRAPH,
    answer: (route: Route) => route.fulfill({ status: 500, body: "" }),
    words: /model_q4\.onnx could not be downloaded: HTTP 500\. Check the connection, then retry\./,
  },
  {
    name: "a connection that breaks",
    url: GRAPH,
    answer: (route: Route) => route.abort("connectionreset"),
    words: /model_q4\.onnx could not be downloaded: no answer\. Check the connection, then retry\./,
  },
  {
    name: "a manifest that is not JSON",
    url: MANIFEST,
    answer: (route: Route) => route.fulfill({ status: 200, body: "<!doctype html>" }),
    words: /stepscope\.json is not JSON\. The model.s files are damaged/,
  },
]) {
  test(`${name} is named, and Retry loads`, async ({ app, page }) => {
    await page.route(url, answer);
    await app.open({ device: "wasm" });
    await app.write(problem, joinSteps(steps));
    await app.idle();
    await expect(app.alerts).toHaveText(words);
    await page.unroute(url);
    await app.model.getByRole("button", { name: "Retry" }).click();
    await app.idle();
    await expect(app.device).toBeVisible();
    await expect(app.chain).toHaveValue(joinSteps(steps));
    await expectScoringWorks(app);
  });
}

for (const { name, model, words } of [
  {
    name: "a model that is not there",
    model: "nope",
    words: "There is no model nope here: it has no stepscope.json. Choose another one under Models.",
  },
  {
    name: "what cannot be a model's name",
    model: "../x",
    words: '"../x" is not the name of a model. Choose another one under Models.',
  },
]) {
  test(`${name} is said to be so`, async ({ app, page }) => {
    await app.open({ model, device: "wasm" });
    await app.idle();
    await expect(app.alerts).toHaveText(words);
    await expect(page.getByText("Hugging Face")).toHaveCount(0);
  });
}

test("a file that never arrives can be given up and asked for again", async ({ app, page }) => {
  await page.route(GRAPH, () => undefined);
  await app.open({ device: "wasm" });
  await expect(app.model.getByRole("status")).toHaveText("Downloading: 0.03 of 1.4 MB");
  await app.model.getByRole("button", { name: "Cancel" }).click();
  await expect(app.model).toContainText("The model is not loaded.");
  await expect(app.alerts).toHaveCount(0);
  await page.unroute(GRAPH);
  await app.model.getByRole("button", { name: "Load model" }).click();
  await app.idle();
  await expect(app.device).toBeVisible();
  await app.write(problem, joinSteps(steps));
  await expectScoringWorks(app);
});

test("a stored file that has gone bad is downloaded again", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  const spoiled = await page.evaluate(async () => {
    const name = (await caches.keys()).find((key) => key.startsWith("stepscope-models"));
    const cache = await caches.open(name ?? "");
    const key = (await cache.keys()).find((request) => request.url.includes("model_q4.onnx"));
    await cache.put(key ?? "", new Response(new Uint8Array(1_392_849)));
    return key?.url;
  });
  expect(spoiled).toContain("sha256=");
  const downloaded = page.waitForRequest(GRAPH);
  await app.openReady({ device: "wasm" });
  await downloaded;
  await app.write(problem, joinSteps(steps));
  await expectScoringWorks(app);
});

async function loadWithWrongCanary(page: Page): Promise<void> {
  await page.route(MANIFEST, async (route) => {
    const response = await route.fetch();
    const manifest = (await response.json()) as ModelManifest;
    const [first = 0, ...rest] = manifest.canary.rewards;
    await route.fulfill({
      json: { ...manifest, canary: { ...manifest.canary, rewards: [first - 0.1, ...rest] } },
    });
  });
}

test("numbers that differ from the reference are never shown", async ({ app, page }) => {
  await loadWithWrongCanary(page);
  await app.open({ device: "wasm" });
  await app.idle();
  const words =
    "The self-test failed: rewards computed here are off by 0.100, more than 0.001. This device computes wrong numbers; try ?device=wasm.";
  await expect(app.alerts).toHaveText(words);
  await app.score(problem, joinSteps(steps));
  await expect(app.alerts).toHaveText(words);
  expect(await app.rewards()).toEqual(steps.map(() => undefined));
  await expect(app.trajectoryScore).not.toHaveAttribute("data-value");
  await expect(app.verdict).not.toHaveAttribute("data-first-error");
  await expect(app.device).toHaveCount(0);
});
