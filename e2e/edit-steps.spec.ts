/** Steps edited in place: the curve of before stays behind, each step says what changed, and undo takes it back. */
import { EMBEDDED, expect, expectRewards, test } from "./app.ts";

const PROBLEM =
  "A shop buys a 50 kilogram sack of rice for $50 and sells the rice at $1.20 per kilogram. What is the profit on the sack?";
const WRONG = [
  "The shop sells 50 kilograms at $1.20 each, so it takes in 50 x 1.20 = $60.",
  "The sack cost $50, so the profit is 60 - 50 = $11.",
  "The answer is 11.",
];
const MENDED = "The sack cost $50, so the profit is 60 - 50 = $10.";

const STEPS = [
  "Each box holds 12 eggs and there are 7 boxes.",
  "12 * 7 = 94, so there are 94 eggs.",
  "9 of them break, so 94 - 9 = 85 are left.",
  "The answer is 85.",
];

test("a step is edited in place and only what follows is scored again, against its ghost", async ({
  app,
}) => {
  test.setTimeout(240_000);
  await app.openReady({ model: EMBEDDED, device: "wasm" });
  await app.score(PROBLEM, WRONG.toSpliced(1, 1, MENDED).join("\n\n"));
  const wanted = (await app.rewards()).map((reward) => reward ?? Number.NaN);
  await app.score(PROBLEM, WRONG.join("\n\n"));
  const before = (await app.rewards()).map((reward) => reward ?? Number.NaN);
  expect(await app.verdict.getAttribute("data-first-error")).toBe("1");

  await app
    .row(1)
    .getByRole("button", { name: /^Step 2/ })
    .click();
  await app.page.keyboard.press("e");
  const field = app.steps.getByLabel("Text of step 2");
  await expect(field).toBeFocused();
  await field.fill(MENDED);
  await field.press("Control+Enter");
  await app.idle();

  const after = (await app.rewards()).map((reward) => reward ?? Number.NaN);
  expectRewards(after, wanted, 1e-3);
  expect(after[0]).toBe(before[0]);
  await expect(app.chain).toHaveValue(WRONG.toSpliced(1, 1, MENDED).join("\n\n"));
  await expect(app.timeline.getByTestId("ghost")).toBeVisible();
  await expect(app.page.getByTestId("ghost-line")).toContainText("First bad step 2 →");
  const change = (after[1] ?? 0) - (before[1] ?? 0);
  await expect(app.row(1).getByTestId("reward-change")).toHaveText(`+${change.toFixed(2)}`);
  await expect(app.row(0).getByTestId("reward-change")).toHaveCount(0);
  await app.page.getByRole("button", { name: "Compare with the version before" }).click();
  await expect(app.page.getByRole("region", { name: "Aligned steps" })).toContainText("$11");
  await expect(app.page.getByText(/, before the edit$/)).toBeVisible();
  await app.page.getByRole("button", { name: "Close compare" }).click();
  await expect(app.page.getByRole("button", { name: "Pin to compare" })).toBeVisible();

  await app.page.getByRole("button", { name: "Undo" }).click();
  await app.idle();
  await expect(app.chain).toHaveValue(WRONG.join("\n\n"));
  expectRewards(await app.rewards(), before, 1e-3);
  await app.page.getByRole("button", { name: "Redo" }).click();
  await app.idle();
  expectRewards(await app.rewards(), wanted, 1e-3);

  await app.page.getByRole("button", { name: "Forget the version before" }).click();
  await expect(app.timeline.getByTestId("ghost")).toHaveCount(0);
  await expect(app.page.getByTestId("ghost-line")).toHaveCount(0);
});

test("steps are split, merged, moved, put in and taken away before anything is scored", async ({ app }) => {
  await app.open();
  await app.write(
    PROBLEM,
    `<think>\n${STEPS.slice(0, 2).join("\n\n")}\n</think>\n\n${STEPS.slice(2).join("\n\n")}`,
  );
  const texts = async () => (await app.rows()).map(({ text }) => text);
  const choose = (index: number) => app.row(index).getByRole("button", { name: /^Step/ }).first().click();
  const tool = (name: string) => app.steps.getByRole("toolbar").getByRole("button", { name });
  await expect.poll(texts).toEqual(STEPS);

  await choose(0);
  await tool("Edit or split").click();
  const field = app.steps.getByLabel("Text of step 1");
  await field.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(23, 23));
  await app.steps.getByRole("button", { name: "Split at the cursor" }).click();
  await expect.poll(texts).toEqual(["Each box holds 12 eggs", "and there are 7 boxes.", ...STEPS.slice(1)]);

  await choose(1);
  await expect(tool("Merge with the next")).toBeEnabled();
  await app.page.keyboard.press("Alt+ArrowDown");
  await expect
    .poll(texts)
    .toEqual(["Each box holds 12 eggs", STEPS[1], "and there are 7 boxes.", ...STEPS.slice(2)]);
  // Thinking ends here.
  await expect(tool("Merge with the next")).toBeDisabled();
  await expect(tool("Merge with the next")).toHaveAttribute("title", /: thinking begins or ends between/);
  await expect(tool("Move down")).toBeDisabled();
  await app.page.keyboard.press("Delete");
  await choose(0);
  await app.page.keyboard.press("m");
  await expect.poll(texts).toEqual([`Each box holds 12 eggs ${STEPS[1]}`, ...STEPS.slice(2)]);

  await app.page.keyboard.press("i");
  await app.steps.getByLabel("New step after step 1").fill("So far so good.");
  await app.steps.getByRole("button", { name: "Insert", exact: true }).click();
  await expect.poll(async () => (await texts())[1]).toBe("So far so good.");

  // Typing in the field of the whole chain keeps the cuts that were made.
  await app.chain.press("End");
  await app.chain.evaluate((area: HTMLTextAreaElement) =>
    area.setSelectionRange(area.value.length, area.value.length),
  );
  await app.chain.press("Enter");
  await app.chain.pressSequentially("\nDone.");
  await expect.poll(async () => (await texts()).at(-1)).toBe("Done.");
  expect((await texts())[1]).toBe("So far so good.");

  for (let edits = 0; edits < 6; edits += 1) {
    await app.page.getByRole("button", { name: "Undo" }).click();
  }
  await expect.poll(texts).toEqual(STEPS);
});

test("what is typed into a step is taken when one goes on elsewhere", async ({ app }) => {
  await app.openReady({ device: "wasm" });
  await app.score(PROBLEM, STEPS.join("\n\n"));
  await app
    .row(1)
    .getByRole("button", { name: /^Step 2/ })
    .click();
  await app.page.keyboard.press("e");
  await app.steps.getByLabel("Text of step 2").fill("12 * 7 = 84, so there are 84 eggs.");
  await app.scoreButton.click();
  await app.idle();
  await expect(app.chain).toHaveValue(STEPS.with(1, "12 * 7 = 84, so there are 84 eggs.").join("\n\n"));
  expect((await app.rows()).map(({ text }) => text)[1]).toBe("12 * 7 = 84, so there are 84 eggs.");
  // The press that took it did not stop the scoring that it asked for.
  await expect(app.verdict).toBeVisible();
  expect((await app.rewards()).every((reward) => reward !== undefined)).toBe(true);
});

test("what is typed into a step stays while another page is open, and is taken at another step", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await app.score(PROBLEM, STEPS.join("\n\n"));
  const number = (step: number) =>
    app.row(step).getByRole("button", { name: new RegExp(`^Step ${step + 1}`) });
  await number(1).click();
  await page.keyboard.press("e");
  await app.steps.getByLabel("Text of step 2").fill("12 * 7 = 84.");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("best of N");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Close candidates" }).click();
  await number(3).click();
  await expect(app.steps.getByLabel("Text of step 2")).toHaveValue("12 * 7 = 84.");
  await page.keyboard.press("e");
  await expect(app.steps.getByLabel("Text of step 4")).toBeFocused();
  await expect(app.chain).toHaveValue(STEPS.with(1, "12 * 7 = 84.").join("\n\n"));
});
