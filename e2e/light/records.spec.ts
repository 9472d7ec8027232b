/** A data set: dropped, told, listed, one of its chains chosen and scored, and what it says shown beside. */
import { expect, test } from "../app.ts";
import { openProcessBench, PROCESSBENCH_ROWS } from "../data-files.ts";

test("a dropped ProcessBench file opens as a list; a chain of it is chosen and scored", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  const rows = await openProcessBench(app);
  const source = page.getByRole("region", { name: "Source" });
  await expect(source.getByRole("status")).toHaveText("ProcessBench, 3 chains, labels on 3");
  await expect(source.getByLabel("Read as")).toHaveValue("processbench");
  await expect(page.getByRole("heading", { name: "gsm8k.jsonl" })).toBeVisible();
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText("first error at step 2");
  await expect(rows.nth(2)).toContainText("no error");

  // By keyboard: the list is one stop, arrows move in it.
  await rows.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(app.problem).toHaveValue(PROCESSBENCH_ROWS[1]?.problem ?? "");
  await expect(app.steps.getByRole("listitem")).toHaveCount(3);
  await expect(source).toContainText("2 of 3");

  await app.scoreAgain();
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText(
    "The source says: first error at step 2, final answer wrong.",
  );

  // On the steps themselves, too: before the first error all is good, after it nothing is said.
  await expect(app.steps.getByTestId("source-label")).toHaveText(["good", "bad"]);
  await expect(app.steps.getByRole("button", { name: /Step 2, .*, bad by its source/ })).toBeVisible();
  await page.keyboard.press("/");
  await page.getByRole("textbox", { name: "Find" }).fill("label:bad");
  await expect(app.steps.locator("li[data-found]")).toHaveCount(1);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Next chain" }).click();
  await expect(app.problem).toHaveValue(PROCESSBENCH_ROWS[2]?.problem ?? "");
  await expect(page.getByRole("button", { name: "Next chain" })).toBeDisabled();
  await expect(app.verdict).toHaveCount(0);
  await page.getByRole("button", { name: "All chains" }).click();
  await expect(rows.nth(2)).toHaveAttribute("aria-current", "true");

  // A text of one's own is not judged by the data set, nor named after it.
  await rows.nth(1).click();
  await expect(source.getByText("gsm8k.jsonl", { exact: true })).toBeVisible();
  await app.chain.fill("Something else.\n\nAnd more.");
  await expect(source.getByText("3 chains of gsm8k.jsonl", { exact: true })).toBeVisible();
  await expect(source).not.toContainText("2 of 3");
  await app.scoreAgain();
  await expect(page.getByRole("region", { name: "Verdict" })).not.toContainText("The source says");

  // The file can be closed over it.
  await source.getByRole("button", { name: "Close", exact: true }).click();
  await expect(source).not.toContainText("gsm8k.jsonl");
  await expect(app.chain).toHaveValue("Something else.\n\nAnd more.");
});

test("a chain that was scored keeps its scores, and the list says them beside what the source says", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  const rows = await openProcessBench(app);
  await expect(page.getByText(/bad at step|no bad step/)).toHaveCount(0);
  await page.getByLabel("Show").selectOption({ label: "Model and source disagree" });
  await expect(page.getByText("0 chains listed: no chain is scored yet")).toBeVisible();
  await page.getByLabel("Show").selectOption({ label: "All" });
  await rows.nth(1).click();
  await app.scoreAgain();
  const rewards = await app.rewards();
  await page.getByRole("button", { name: "Next chain" }).click();
  await expect(app.verdict).toHaveCount(0);
  await page.getByRole("button", { name: "Previous chain" }).click();
  await expect(app.verdict).toBeVisible();
  expect(await app.rewards()).toEqual(rewards);

  // Below every reward the model finds no bad step, and the source an error; above all it finds the first.
  await page.getByRole("slider", { name: "Bad below" }).fill("0");
  await page.getByRole("button", { name: "All chains" }).click();
  await expect(rows.nth(1)).toHaveAccessibleName(/model: no bad step unlike its source/);
  await expect(rows.nth(0)).not.toHaveAccessibleName(/model/);
  await page.getByLabel("Show").selectOption({ label: "Model and source disagree" });
  await expect(rows).toHaveCount(1);
  await page.getByLabel("Show").selectOption({ label: "All" });

  // As candidates, all of them are opened with the scores that there are.
  await page.getByRole("button", { name: "compare them as candidates" }).click();
  await expect(page.getByText("1 of 3 candidates scored before. Score goes on with the rest.")).toBeVisible();
});

test("a whole list is scored where it is, and held against its labels", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  const rows = await openProcessBench(app);
  const against = page.getByTestId("against-labels");
  await expect(against).toHaveCount(0);
  await page.getByRole("button", { name: "score them all" }).click();
  await app.idle();
  await expect(page.getByText("3 of 3 candidates scored.")).toBeVisible();
  await expect(page.getByText(/bad at step|no bad step/)).toHaveCount(3);

  // The numbers are those of the chains, opened one by one.
  const rewards: (readonly (number | undefined)[])[] = [];
  for (const index of PROCESSBENCH_ROWS.keys()) {
    await rows.nth(index).click();
    await expect(app.verdict).toBeVisible();
    rewards.push(await app.rewards());
    await page.getByRole("button", { name: "All chains" }).click();
  }
  const judge = (threshold: number) => {
    const found = rewards.map((chain) => chain.findIndex((reward) => (reward ?? 1) < threshold));
    const hits = PROCESSBENCH_ROWS.map(({ label }, index) => (found[index] === label ? 1 : 0));
    const wrong = (hits[0] ?? 0) + (hits[1] ?? 0);
    const right = hits[2] ?? 0;
    return { wrong, right, f1: wrong * right === 0 ? 0 : (wrong * right) / (wrong / 2 + right) };
  };
  for (const threshold of [0.2, 0.85, 1]) {
    await rows.nth(0).click();
    await page.getByRole("slider", { name: "Bad below" }).fill(String(threshold));
    await page.getByRole("button", { name: "All chains" }).click();
    const { wrong, right, f1 } = judge(threshold);
    const words = `found in ${wrong} of 2 wrong chains, none found in ${right} of 1 right one, F1 ${f1.toFixed(2)}`;
    await expect(against).toContainText(words);
  }
  // The last one finds an error in every first step, which no source calls wrong.
  const best = Math.max(...rewards.flat().map((reward) => judge((reward ?? 0) + 1e-9).f1));
  const link = against.getByRole("button", { name: /^below/ });
  await expect(link).toHaveCount(best > 0 ? 1 : 0);

  // Other candidates take nothing away from the list.
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  await page.getByRole("button", { name: "Put in other candidates" }).click();
  await page.getByRole("button", { name: "All chains" }).click();
  await expect(page.getByText(/bad at step|no bad step/)).toHaveCount(3);
  await page.getByLabel("Show").selectOption({ label: "Model and source disagree" });
  await expect(page.getByText("no chain is scored yet")).toHaveCount(0);
});

test("the list is narrowed by text and by labels", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  const rows = await openProcessBench(app);
  await page.getByLabel("Show").selectOption({ label: "With an error" });
  await expect(rows).toHaveCount(2);
  await page.getByLabel("Find").fill("PENS");
  await expect(rows).toHaveCount(1);
  await expect(page.getByText("1 chain listed")).toBeVisible();
  await rows.first().click();
  await expect(app.problem).toHaveValue(PROCESSBENCH_ROWS[1].problem);
  // Kept for the way back; next and previous go over all chains.
  await page.getByRole("button", { name: "All chains" }).click();
  await expect(rows).toHaveCount(1);
  await page.getByLabel("Find").fill("");
  await page.getByLabel("Show").selectOption({ label: "Without labels" });
  await expect(page.getByText("0 chains listed")).toBeVisible();
});
