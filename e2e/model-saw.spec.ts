/** The exact input and the exact numbers: what the page lays open must be what PyTorch was given and gave. */
import { expect, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";

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
  await expect(logits.getByRole("row")).toHaveCount(1 + END - START);
  await logits.getByRole("button", { name: "Copy rows" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/^\d+\t/);
  const rows = (await copied()).split("\n").map((line) => line.split("\t"));
  expect(rows.map(([position, id]) => [Number(position), Number(id)])).toEqual(
    ids.slice(START, END).map((id, offset) => [START + offset, id]),
  );
  // Columns after position, id and token: the logits a, u and v; a token's hazard is sigmoid(a[t-1] + u[t]).
  const expected = expectedHazardLogits();
  for (const [row, [, , , , self]] of rows.entries()) {
    const next = rows[row - 1]?.[3];
    if (next !== undefined) {
      expect(Number(next) + Number(self)).toBeCloseTo(expected[row] ?? Number.NaN, 2);
    }
  }
  expect(rows).toHaveLength(END - START);
});
