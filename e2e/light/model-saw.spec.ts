/** The exact input and the exact numbers: what the page lays open must be what PyTorch was given and gave. */
import { expect, joinSteps, test } from "../app.ts";
import { EIGHT_STEPS } from "../expected-cases.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const { problem, steps, input_ids: ids, step_token_ranges: ranges } = EIGHT_STEPS;
const STEP = 5;
const [START, END] = ranges[STEP] as readonly [number, number];

/** PyTorch's hazard logits of the step; the file holds those of all steps in a row. */
function expectedHazardLogits(): readonly number[] {
  const before = (ranges[0] as readonly [number, number])[0];
  return EIGHT_STEPS.token_hazard_logits.slice(START - before, END - before);
}

test("shows prompt, token ids, read positions and logits", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.score(problem, joinSteps(steps));
  await app.row(STEP).getByRole("button").first().click();
  await app.detail.getByText("What the model saw").click();
  const prompt = app.detail.getByRole("region", { name: "Prompt" });
  await expect(prompt).toContainText(`Prompt, ${ids.length} tokens`);

  expect(await app.promptIds()).toEqual(ids);
  await prompt.getByRole("button", { name: "Copy prompt" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(
      `<|im_start|>user\n${problem}<|im_end|>\n<|im_start|>assistant\n${steps.map((step) => `${step}\n`).join("")}`,
    );

  const logits = app.detail.getByRole("region", { name: "Logits" });
  await logits.getByRole("button", { name: /^Show \d+ more$/ }).click();
  // A heading, the token before the step, and the step's own.
  await expect(logits.getByRole("row")).toHaveCount(2 + END - START);
  await expect(logits).toContainText("hazard = σ(z0 of the row above + z1)");
  await expect(prompt.locator("span.border-b")).toHaveCount(1 + END - START);
  await logits.getByRole("button", { name: "Copy rows" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/^\d+\t/);
  const rows = (await copied()).split("\n").map((line) => line.split("\t"));
  expect(rows.map(([position, id]) => [Number(position), Number(id)])).toEqual(
    ids.slice(START - 1, END).map((id, offset) => [START - 1 + offset, id]),
  );
  // Columns after position, id and token: the logits a, u and v; a token's hazard is sigmoid(a[t-1] + u[t]).
  const hazardLogits = rows.slice(1).map(([, , , , self], row) => Number(rows[row]?.[3]) + Number(self));
  const expected = expectedHazardLogits();
  expect(hazardLogits).toHaveLength(expected.length);
  for (const [row, logit] of hazardLogits.entries()) {
    expect(logit).toBeCloseTo(expected[row] ?? Number.NaN, 2);
  }
  // What a reader computes from a row and the one above it is what the row shows.
  const shown = await logits.getByRole("row").last().getByRole("cell").allTextContents();
  const [, , , , self = Number.NaN] = shown.map(Number);
  const above = await logits.getByRole("row").nth(-2).getByRole("cell").allTextContents();
  const hazard = 1 / (1 + Math.exp(-(Number(above[3]) + self)));
  expect(Math.abs(Number(shown.at(-1)) - hazard)).toBeLessThan(0.01);
});
