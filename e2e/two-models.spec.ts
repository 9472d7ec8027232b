/** Candidates scored with one model and then with another: what both gave is held against each other. */
import { type App, expect, joinSteps, test } from "./app.ts";
import { seriousFaults } from "./axe.ts";
import { usePureCheckpoint } from "./pure-checkpoint.ts";

const COUNT = 12;
const BIN_COUNT = 20;

function candidate(index: number): string {
  const steps = [`Take number ${index}.`, `So ${index} + 1 = ${index + 1}.`, `The answer is ${index % 5}.`];
  // Not all alike, so that both models find something to tell apart.
  return joinSteps(index % 2 === 0 ? steps : [...steps, `Let me check: ${"really ".repeat(index)}so.`]);
}

const STEP_COUNT = 3 * COUNT + COUNT / 2;

async function openCandidates({ page }: App): Promise<void> {
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
}

async function scoresInTable({ page }: App): Promise<readonly number[]> {
  return page
    .locator("td[data-aggregate=mean]")
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute("data-value"))));
}

/** Of an axis from -1 to 1, counted without the page's own code. */
function overlapOf(a: readonly number[], b: readonly number[]): number {
  const share = (values: readonly number[], bin: number) =>
    values.filter((value) => Math.min(BIN_COUNT - 1, Math.floor(((value + 1) / 2) * BIN_COUNT)) === bin)
      .length / values.length;
  return Array.from({ length: BIN_COUNT }, (_, bin) => Math.min(share(a, bin), share(b, bin))).reduce(
    (sum, one) => sum + one,
    0,
  );
}

function aucOf(a: readonly number[], b: readonly number[]): number {
  const wins = a.flatMap((one) => b.map((other): number => (one > other ? 1 : one === other ? 0.5 : 0)));
  return wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

test("a set that two models scored is parted by model, over what both scored, and stays so through a reload", async ({
  app,
  page,
}, info) => {
  await app.openReady({ device: "wasm" });
  await openCandidates(app);
  await page.getByLabel("Problem of the candidates").fill("Which number?");
  const all = Array.from({ length: COUNT }, (_, index) => candidate(index));
  await page.getByLabel("Candidates", { exact: true }).fill(all.join("\n===\n"));
  await page.getByRole("button", { name: `Score ${COUNT} candidates` }).click();
  await app.idle();
  await page.getByLabel("Choose by").selectOption("mean");
  const first = await scoresInTable(app);

  const panel = page.getByRole("region", { name: "Distributions" });
  const groups = panel.getByLabel("Groups", { exact: true });
  await groups.selectOption({ label: "model A against model B" });
  await expect(panel).toContainText("Only tiny-stepscope-prm has scored these candidates");
  await expect(page.getByTestId("overlap")).toHaveCount(0);

  await usePureCheckpoint(app, info.outputPath("tiny-pure-prm"));
  await openCandidates(app);
  // What was chosen is chosen still, and the first model's results are there until the second one's are.
  await expect(panel).toContainText("Only tiny-stepscope-prm has scored these candidates");
  await page.getByRole("button", { name: `Score ${COUNT} candidates` }).click();
  await app.idle();
  const second = await scoresInTable(app);
  expect(second).toHaveLength(COUNT);
  expect(second).not.toEqual(first);

  const rowA = panel.getByRole("row", { name: /^A tiny-stepscope-prm/ }).getByRole("cell");
  const rowB = panel.getByRole("row", { name: /^B .*, fp32/ }).getByRole("cell");
  await expect(rowA.first()).toHaveText(String(STEP_COUNT));
  await expect(rowB.first()).toHaveText(String(STEP_COUNT));
  await expect(panel).toContainText("A’s can be from 0 to 1, B’s from −1 to 1.");

  await panel.getByLabel("Numbers", { exact: true }).selectOption("scores");
  await expect(rowA.first()).toHaveText(String(COUNT));
  await expect(rowB.first()).toHaveText(String(COUNT));
  const numberOf = async (id: string) => Number(await page.getByTestId(id).getAttribute("data-value"));
  expect(await numberOf("overlap")).toBeCloseTo(overlapOf(first, second), 12);
  expect(await numberOf("auc")).toBeCloseTo(aucOf(first, second), 12);

  expect(await seriousFaults(page)).toEqual([]);

  // A product cannot be made of rewards below zero.
  await page.getByLabel("Choose by").selectOption("product");
  await expect(panel).toContainText(/in “A” and .* in “B”|choose another under “Choose by”/);
  await page.getByLabel("Choose by").selectOption("mean");

  // The address names the first model: its results are shown again, the second one's are still there.
  await page.reload();
  await app.idle();
  await groups.selectOption({ label: "model A against model B" });
  await panel.getByLabel("Numbers", { exact: true }).selectOption("scores");
  await page.getByLabel("Choose by").selectOption("mean");
  expect(await scoresInTable(app)).toEqual(first);
  await expect(panel.getByRole("row", { name: /^B tiny-stepscope-prm/ })).toHaveCount(1);
  // By its name, not by its key, though nobody has looked at the list of models since.
  await expect(panel.getByRole("row", { name: /^A tiny-pure-prm, fp32 / })).toHaveCount(1);
  expect(await numberOf("overlap")).toBeCloseTo(overlapOf(first, second), 12);
  expect(await numberOf("auc")).toBeCloseTo(aucOf(second, first), 12);
});
