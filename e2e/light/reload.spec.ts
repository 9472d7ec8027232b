/** What a person typed outlives a reload, and what an example replaced can be had back, both ways. */
import { expect, test } from "../app.ts";
import { openProcessBench, PROCESSBENCH_ROWS } from "../data-files.ts";

test("a reload keeps the text", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.write("What is 2 + 2?", "2 + 2 = 4.\n\nThe answer is 4.");
  await page.reload();
  await expect(app.problem).toHaveValue("What is 2 + 2?");
  await expect(app.chain).toHaveValue("2 + 2 = 4.\n\nThe answer is 4.");
});

test("a reload keeps how the text is cut", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.write("What is 2 + 2?", "2 + 2 = 4.\nThe answer is 4.");
  await page.getByLabel("Steps end at").selectOption("line");
  await page.reload();
  await expect(page.getByLabel("Steps end at")).toHaveValue("line");
  await expect(page.getByRole("heading", { name: "2 steps, not scored yet" })).toBeVisible();
});

test("a reload keeps steps that were set by hand", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.write("What is 2 + 2?", "It is a sum.\n\n2 + 2 = 4.\n\nThe answer is 4.");
  await app
    .row(0)
    .getByRole("button", { name: /^Step 1/ })
    .click();
  await page.keyboard.press("m");
  await expect(page.getByRole("heading", { name: "2 steps, not scored yet" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "2 steps, not scored yet" })).toBeVisible();
  expect((await app.rows())[0]?.text).toBe("It is a sum.\n\n2 + 2 = 4.");
});

test("a reload of an example leaves the person's own rule as it was", async ({ app, page }) => {
  await app.openReady({ device: "wasm", hash: "#example=savings-line" });
  await expect(page.getByLabel("Steps end at")).toHaveValue("line");
  await page.reload();
  await expect(app.verdict).toBeVisible();
  await expect(page.getByRole("button", { name: "Bring back my text" })).toHaveCount(0);
  await app.paste("What is 2 + 2?", "2 + 2\nis 4.\n\nThe answer is 4.");
  await expect(page.getByLabel("Steps end at")).toHaveValue("blank-line");
});

test("a reload keeps the rewards, the file's chains, the pinned chain and the candidates", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  const rows = await openProcessBench(app);
  await rows.nth(1).click();
  await app.scoreAgain();
  const rewards = await app.rewards();
  await page.getByRole("button", { name: "Pin to compare" }).click();
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  await page.getByLabel("Candidates", { exact: true }).fill("1 + 1 = 2\n---\n1 + 1 = 3");
  await page.getByLabel("Right answer").fill("2");
  await page.getByRole("button", { name: "Score 2 candidates" }).click();
  await app.idle();

  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  await page.reload();
  await app.idle();
  // The page that was open is open again, and Back leaves it as if it had been opened just now.
  await expect(page.getByText("2 of 2 candidates scored.")).toBeVisible();
  await page.goBack();
  await expect(app.verdict).toBeVisible();
  expect(await app.rewards()).toEqual(rewards);
  await expect(page.getByRole("region", { name: "Source", exact: true })).toContainText("2 of 3");
  await expect(page.getByRole("button", { name: "Pinned as A" })).toBeVisible();
  await page.getByRole("button", { name: "Next chain" }).click();
  await expect(app.problem).toHaveValue(PROCESSBENCH_ROWS[2]?.problem ?? "");
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  await expect(page.getByLabel("Candidates", { exact: true })).toHaveValue("1 + 1 = 2\n---\n1 + 1 = 3");
  await expect(page.getByLabel("Right answer")).toHaveValue("2");
  await expect(page.getByText("2 of 2 candidates scored.")).toBeVisible();
  expect(problems).toEqual([]);
});

test("a reload keeps a tag that was set right", async ({ app, page }) => {
  await app.openReady({ device: "wasm", hash: "#example=typing-recovered" });
  const tag = app.row(1).locator("[data-tag]");
  await expect(tag).toHaveText("backtrack");
  await app.row(1).click();
  await app.detail.getByLabel("Tag of step 2").selectOption("compute");
  await expect(tag).toHaveText("compute");
  await app.idle();
  await page.reload();
  await expect(tag).toHaveText("compute");
});

test("Back and Forward go over the pages, and a reload stays on the one that was open", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  const rows = await openProcessBench(app);
  await rows.nth(1).click();
  await expect(app.problem).toHaveValue(PROCESSBENCH_ROWS[1]?.problem ?? "");
  await page.getByRole("button", { name: "Models", exact: true }).click();
  const models = page.getByRole("heading", { name: "Models", exact: true });
  await expect(models).toBeVisible();
  await expect(page).toHaveURL(/page=models/);
  await page.goBack();
  await expect(models).toBeHidden();
  await expect(app.row(0)).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(3);
  await page.goForward();
  await expect(app.row(0)).toBeVisible();
  await expect(app.problem).toHaveValue(PROCESSBENCH_ROWS[1]?.problem ?? "");
  await page.goBack();
  await expect(rows).toHaveCount(3);
  await page.reload();
  await expect(rows).toHaveCount(3);
});

test("Back from an example shows one's own text again, with its scores", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.score("What is 2 + 2?", "2 + 2 = 4.\n\nThe answer is 4.");
  const rewards = await app.rewards();
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Rice by the kilogram/ })
    .click();
  await expect(app.problem).toHaveValue(/sack of rice/);
  await page.goBack();
  await page.goBack();
  await expect(app.problem).toHaveValue("What is 2 + 2?");
  expect(await app.rewards()).toEqual(rewards);
  await expect(page.getByRole("button", { name: "Bring back my text" })).toHaveCount(0);
  await page.goForward();
  await page.goForward();
  await expect(app.problem).toHaveValue(/sack of rice/);
});

test("a page that may keep nothing works as it did", async ({ app, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", {
      get: () => {
        throw new DOMException("forbidden", "SecurityError");
      },
    });
  });
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  await app.openReady({ device: "wasm" });
  await app.score("What is 2 + 2?", "2 + 2 = 4.\n\nThe answer is 4.");
  await page.reload();
  await app.idle();
  await expect(app.chain).toHaveValue("2 + 2 = 4.\n\nThe answer is 4.");
  await expect(page.getByRole("heading", { name: "2 steps, not scored yet" })).toBeVisible();
  await app.scoreAgain();
  await expect(app.verdict).toBeVisible();
  expect(problems).toEqual([]);
});

test("bringing the text back does not lose what was typed meanwhile", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.write("first problem", "first chain");
  await page.evaluate(() => {
    location.hash = "#example=rice-profit";
  });
  await expect(app.problem).toHaveValue(/sack of rice/);
  await app.chain.fill("second chain");
  const back = page.getByRole("button", { name: "Bring back my text" });
  await back.click();
  await expect(app.chain).toHaveValue("first chain");
  await page.reload();
  await back.click();
  await expect(app.chain).toHaveValue("second chain");
  await page.reload();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(app.chain).toHaveValue("first chain");
});
