/** How far right and wrong chains lie apart, by numbers that the table shows, too. */
import { expect, joinSteps, test } from "./app.ts";

const RIGHT = 12;
const WRONG = 11;

function candidate(index: number, answer: number): string {
  return joinSteps([`Take number ${index}.`, `So ${index} + 1 = ${index + 1}.`, `The answer is ${answer}.`]);
}

test("right and wrong chains are compared by their scores, and too few are said to be too few", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  await page.getByLabel("Problem of the candidates").fill("Which number?");
  const all = Array.from({ length: RIGHT + WRONG }, (_, index) =>
    candidate(index, index < RIGHT ? 7 : index),
  );
  await page.getByLabel("Candidates", { exact: true }).fill(all.join("\n===\n"));
  await page.getByRole("button", { name: "Score 23 candidates" }).click();
  await app.idle();
  const panel = page.getByRole("region", { name: "Distributions" });
  await expect(panel).toContainText("No scored chain is known to be right or wrong");

  await page.getByLabel("Right answer").fill("7");
  await expect(
    panel
      .getByRole("row", { name: /^right/ })
      .getByRole("cell")
      .first(),
  ).toHaveText("36");
  await expect(
    panel
      .getByRole("row", { name: /^wrong/ })
      .getByRole("cell")
      .first(),
  ).toHaveText("33");
  await panel.getByLabel("Numbers", { exact: true }).selectOption("scores");
  await page.getByLabel("Choose by").selectOption("mean");
  await expect(
    panel
      .getByRole("row", { name: /^right/ })
      .getByRole("cell")
      .first(),
  ).toHaveText("12");
  const scores = await page
    .locator("td[data-aggregate=mean]")
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute("data-value"))));
  const [right, wrong] = [scores.slice(0, RIGHT), scores.slice(RIGHT)];
  const wins = right.flatMap((a) => wrong.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
  const auc = wins.reduce((sum, win) => sum + win, 0) / wins.length;
  expect(Number(await page.getByTestId("auc").getAttribute("data-value"))).toBeCloseTo(auc, 12);
  const overlap = Number(await page.getByTestId("overlap").getAttribute("data-value"));
  expect(overlap).toBeGreaterThanOrEqual(0);
  expect(overlap).toBeLessThanOrEqual(1);

  // As a group of GRPO: with the rule alone the right ones are ahead; the advantages add up to nothing.
  await page.getByText("As a group of GRPO").click();
  const group = page.getByRole("table", { name: "Rewards and advantages of the group" });
  const beta = page.getByRole("slider", { name: "β" });
  await beta.fill("0");
  await expect(page.getByText("At least one wrong chain lies above the mean")).toHaveCount(0);
  await beta.fill("0.75");
  const advantages = await group
    .locator("td[data-value]")
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute("data-value"))));
  expect(advantages).toHaveLength(RIGHT + WRONG);
  expect(advantages.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 6);
  expect(advantages).toEqual(advantages.toSorted((a, b) => b - a));

  // Only one of them states this answer.
  await page.getByLabel("Right answer").fill("15");
  await expect(panel).toContainText("Too few trajectory scores, 1 in “right”");
  await expect(page.getByTestId("auc")).toHaveCount(0);

  await panel.getByLabel("Groups", { exact: true }).selectOption("lane");
  await expect(
    panel
      .getByRole("row", { name: /^response/ })
      .getByRole("cell")
      .first(),
  ).toHaveText("69");
});
