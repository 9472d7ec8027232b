/** The arithmetic of every step, recomputed: under the chart, in the text, in the detail, and against the model. */
import type { ModelManifest } from "../../src/core/manifest.ts";
import { expect, joinSteps, test } from "../app.ts";

test("wrong arithmetic is marked and spelled out, and what is not arithmetic is not checked", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await app.score(
    "How many are there?",
    joinSteps([
      "We have 17 × 24 = 398 of them.",
      "A third is 1/3 = 0.33 of it.",
      "Then 400 + 8 = 408, so x = 408.",
      "So there are many.",
    ]),
  );
  await expect(app.row(0)).toContainText("17 × 24 = 398: it is 408");
  await expect(app.row(0).locator("[data-wrong-sum]")).toHaveText("17 × 24 = 398");
  await expect(app.chart.locator("[data-check=wrong]")).toHaveCount(1);
  const expectDetail = async (index: number, words: string) => {
    await app.row(index).click();
    await expect(app.detail.getByRole("region", { name: "Arithmetic" })).toContainText(words);
  };
  await expectDetail(0, "17 × 24 = 398: it is 408");
  await expectDetail(1, "1/3 = 0.33: rounded, it is 1/3 ≈ 0.3333");
  await expectDetail(2, "400 + 8 = 408: right1 more equals sign not checked.");
  await expectDetail(3, "Not checked: nothing here computes one number from others.");
  expect((await app.rows()).map(({ text }) => text.slice(0, 7))).toEqual([
    "We have",
    "A third",
    "Then 40",
    "So ther",
  ]);
  await page.keyboard.press("Escape");
});

test("a step that the model did not score is checked, too", async ({ app, page }) => {
  await page.route("**/models/*/stepscope.json", async (route) => {
    const manifest = (await (await route.fetch()).json()) as ModelManifest;
    await route.fulfill({ json: { ...manifest, context: 256 } });
  });
  await app.openReady({ device: "wasm" });
  await app.paste("How many?", joinSteps(["2 + 2 = 4.", "more and ".repeat(400), "2 + 2 = 5."]));
  await app.scoreAgain();
  await expect(app.row(0)).toHaveAttribute("data-reward", /./);
  await expect(app.row(2)).not.toHaveAttribute("data-reward", /./);
  await app.row(2).click();
  await expect(app.detail).toContainText("beyond the model's context");
  await expect(app.detail.getByRole("region", { name: "Arithmetic" })).toContainText("2 + 2 = 5: it is 4");
});

test("the steps on which model and arithmetic disagree come first, and one sentence names the worst", async ({
  app,
  page,
}) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=savings-line" });
  const sentence = page.getByTestId("disagreement");
  await expect(sentence).toHaveText(
    "Model and arithmetic disagree on step 10: reward 0.51, but 630 - 120 = $410: it is 510.",
  );
  await sentence.getByRole("button", { name: "step 10" }).click();
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "9");
  await expect(app.row(9)).toContainText("and the model let it pass");

  await page.getByLabel("Order of the steps").selectOption("disagreement");
  const first = app.steps.getByRole("listitem").first();
  await expect(first).toHaveAttribute("data-step-index", "9");
  await expect(first).toHaveAttribute("aria-posinset", "1");
  await page.keyboard.press("j");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "0");
  await page.keyboard.press("a");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "9");

  // Another chain is read from its beginning.
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("main").getByRole("button", { name: "Rice" }).first().click();
  await expect(app.steps.getByRole("listitem").first()).toHaveAttribute("data-step-index", "0");
});
