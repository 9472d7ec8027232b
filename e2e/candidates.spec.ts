/** Best of N: many chains of one problem, scored by the model, chosen among, and looked at. */
import { type App, EMBEDDED, expect, joinSteps, test } from "./app.ts";
import { seriousFaults } from "./axe.ts";

const PROBLEM = "A box holds 6 red pens and 9 blue pens. How many pens are in 4 boxes?";
const FIRST = "One box holds 6 + 9 = 15 pens.";
const CANDIDATES = [
  joinSteps([FIRST, "Four boxes hold 4 * 15 = 60 pens.", "The answer is 60."]),
  joinSteps([FIRST, "Four boxes hold 4 * 15 = 80 pens.", "The answer is 80."]),
  joinSteps([FIRST, "Four boxes hold 4 * 15 = 60 pens.", "So there are \\boxed{60} pens."]),
  joinSteps(["There are 4 * 9 = 36 blue pens.", "There are 36 pens."]),
] as const;
const EMBEDDED_MS = 300_000;

const row = (app: App, number: number) => app.page.locator(`tr[data-candidate="${number}"]`);

/** Long enough together that the batch is still going when something happens to it. */
function manyCandidates(): readonly string[] {
  return Array.from({ length: 24 }, (_, index) =>
    joinSteps(
      Array.from(
        { length: 12 },
        (__, step) => `Candidate ${index + 1} says ${step} + ${index} = ${step + index}.`,
      ),
    ),
  );
}

async function openPage(app: App): Promise<void> {
  await app.page.getByRole("button", { name: "Candidates", exact: true }).click();
  await app.page.getByLabel("Problem of the candidates").fill(PROBLEM);
}

test("candidates are scored once, chosen among three ways and opened with their scores", async ({
  app,
  page,
}) => {
  test.setTimeout(EMBEDDED_MS);
  await app.openReady({ model: EMBEDDED, device: "wasm" });
  await openPage(app);
  await page.getByLabel("Candidates", { exact: true }).fill(CANDIDATES.join("\n---\n"));
  await page.getByLabel("Right answer").fill("60.0");
  await page.getByRole("button", { name: "Score 4 candidates" }).click();
  await app.idle();
  await expect(page.getByText("4 of 4 candidates scored.")).toBeVisible();
  // The beginnings that candidates share were not computed again.
  const reused = await page.getByTestId("reused-tokens").textContent();
  expect(Number(/, (\d+) of a common/.exec(reused ?? "")?.[1])).toBeGreaterThan(40);

  await expect(row(app, 1)).toContainText("right");
  await expect(row(app, 2)).toContainText("wrong");
  await expect(row(app, 4)).toContainText("no answer found");
  // Not wrong, only not known.
  await expect(row(app, 4)).not.toContainText("wrong");
  await expect(page.getByTestId("unread")).toContainText("No answer could be found in 1 of 4 candidates");
  // 60 and \boxed{60} are one answer.
  const majority = page.getByTestId("winner-majority");
  await expect(majority).toContainText("60");
  await expect(majority).toContainText("2 votes");
  await expect(majority).toContainText("1 vote ahead of the next answer");
  await expect(page.locator("[data-series=any] td").nth(1)).toHaveText("100 %");

  // Sorted by an aggregate, the highest comes first.
  await page.getByRole("columnheader", { name: "min" }).getByRole("button").click();
  const values = await page
    .locator("td[data-aggregate=min]")
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute("data-value"))));
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(values).toHaveLength(4);

  // The tree: the first step is drawn once for three candidates.
  const tree = page.getByRole("tree");
  await expect(tree.getByRole("treeitem")).toHaveCount(8);
  // A step that scores higher than the winner's is not where its chain lost.
  await expect(tree.getByRole("treeitem", { name: /losing fork/ })).toHaveCount(0);
  const fork =
    /^The fork: the best right candidate #[13] leaves the winner at step 1\. It scores higher here \(\S+ where #4 has \S+\), but ranks lower overall: its lowest step after that is step 2, /;
  await expect(page.getByText(fork)).toBeVisible();
  await tree.getByRole("treeitem").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "1");

  // Opened with the scores it has: no second scoring, and the same numbers as the table's.
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  const min = Number(await row(app, 2).locator("td[data-aggregate=min]").getAttribute("data-value"));
  await page.getByRole("button", { name: "Pin candidate 1" }).click();
  await page.getByRole("button", { name: "Open candidate 2 in the inspector" }).click();
  await expect(app.chain).toHaveValue(CANDIDATES[1]);
  await expect(page.getByText("Candidate 2 of 4")).toBeVisible();
  const rewards = await app.rewards();
  expect(Math.min(...rewards.map((reward) => reward ?? Number.NaN))).toBeCloseTo(min, 12);
  await page.getByRole("button", { name: "Back to the candidates" }).click();
  await page.getByRole("button", { name: "Compare candidate 2 with the pinned chain" }).click();
  // One problem, so they go by their numbers.
  await expect(page.getByText("Candidate 1: answer 60")).toBeVisible();
  await expect(page.getByText("Candidate 2: answer 80")).toBeVisible();
  await expect(page.getByRole("region", { name: "Aligned steps" }).getByRole("listitem")).toHaveCount(3);
});

test("the step at which a candidate loses is marked where it scores lower", async ({ app, page }) => {
  test.setTimeout(EMBEDDED_MS);
  await app.openReady({ model: EMBEDDED, device: "wasm" });
  await openPage(app);
  await page.getByLabel("Candidates", { exact: true }).fill(CANDIDATES.slice(0, 2).join("\n---\n"));
  await page.getByRole("button", { name: "Score 2 candidates" }).click();
  await app.idle();
  const marked = page.getByRole("tree").getByRole("treeitem", { name: /losing fork/ });
  await expect(marked).toHaveCount(1);
  await expect(marked).toHaveAttribute("aria-label", /^Step 2, .*4 \* 15 = 80/);
  await expect(
    page.getByText(/^The losing fork: the second best #2 leaves the winner at step 2 and has /),
  ).toBeVisible();
});

test("what is scored stays when the batch is stopped, and the rest is scored later", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await openPage(app);
  await page.getByLabel("Candidates", { exact: true }).fill(JSON.stringify(manyCandidates()));
  await page.getByRole("button", { name: "Score 24 candidates" }).click();
  await expect(page.locator("tr[data-status=done]").first()).toBeVisible();
  await page.getByRole("button", { name: "Stop scoring" }).click();
  await app.idle();
  await expect(page.getByText(/^Stopped: \d+ of 24 candidates scored/)).toBeVisible();
  const scored = await page.locator("tr[data-status=done]").count();
  expect(scored).toBeGreaterThan(0);
  expect(scored).toBeLessThan(24);
  await page.getByRole("button", { name: "Score 24 candidates" }).click();
  await app.idle();
  await expect(page.getByText("24 of 24 candidates scored.")).toBeVisible();
  // Results say when the fields have parted from them.
  const stale = page.getByText("These results belong to what stood in the fields before.");
  await expect(stale).toHaveCount(0);
  await page.getByLabel("Candidates", { exact: true }).fill("One.\n---\nTwo.");
  await expect(stale).toBeVisible();
  await page.getByRole("button", { name: "Forget the scores" }).click();
  await expect(page.getByRole("table")).toHaveCount(0);
  await expect(page.getByLabel("Candidates", { exact: true })).not.toBeEmpty();
});

test("a crash in the middle of a batch keeps what is scored, and the rest is scored later", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await openPage(app);
  await page.getByLabel("Candidates", { exact: true }).fill(JSON.stringify(manyCandidates()));
  await page.getByRole("button", { name: "Score 24 candidates" }).click();
  await expect(page.locator("tr[data-status=done]").first()).toBeVisible();
  const worker = await app.worker();
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error("thrown by the test");
    });
  });
  await app.idle();
  await expect(app.alerts.first()).toContainText("The scoring worker stopped");
  await expect(page.getByText(/^Ended: \d+ of 24 candidates scored/)).toBeVisible();
  expect(await page.locator("tr[data-status=done]").count()).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Score 24 candidates" }).click();
  await app.idle();
  await expect(page.getByText("24 of 24 candidates scored.")).toBeVisible();
});

test("chains are cut at a delimiter of the person's own, and results stay their own", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm" });
  await openPage(app);
  await page.getByLabel("Candidates", { exact: true }).fill("2 + 2 = 4.|The answer is 4.\n---\n5");
  await page.getByLabel("Candidates’ steps end at").selectOption({ label: "Custom delimiter" });
  await page.getByLabel("Delimiter", { exact: true }).last().fill("|");
  await page.getByRole("button", { name: "Score 2 candidates" }).click();
  await app.idle();
  await expect(page.getByText("2 of 2 candidates scored.")).toBeVisible();
  const stale = page.getByText("These results belong to what stood in the fields before.");
  await expect(stale).toHaveCount(0);
  await page.getByRole("button", { name: "Open candidate 1 in the inspector" }).click();
  expect((await app.rows()).map(({ text }) => text)).toEqual(["2 + 2 = 4.", "The answer is 4."]);

  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  await page
    .getByLabel("Candidates", { exact: true })
    .fill(JSON.stringify({ problem: PROBLEM, responses: [CANDIDATES[0], "", CANDIDATES[1]] }));
  await expect(stale).toBeVisible();
  await page.getByRole("button", { name: /^Score \d candidates/ }).click();
  await app.idle();
  await expect(page.getByText("2 of 2 candidates scored.")).toBeVisible();
  await expect(stale).toHaveCount(0);
});

test("what cannot be read is said, with its line, and nothing is lost", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await openPage(app);
  const field = page.getByLabel("Candidates", { exact: true });
  await field.fill('{"chain": "a"}\n{"chain": ');
  await expect(page.getByRole("alert")).toHaveText(/^(Row 2|The text): /);
  await expect(page.getByRole("button", { name: "Score the candidates" })).toBeDisabled();
  await field.fill('[{"chain": "a"}, {"nothing": 1}]');
  await expect(page.getByRole("alert")).toHaveText(/^Row 2: /);
  await field.fill("a\n---\nb");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.getByLabel("Problem of the candidates").fill("");
  await expect(page.getByRole("alert")).toHaveText("Enter the problem that the candidates answer.");
});

test("what the data says of the problem stands in the fields, and comes from no other chain", async ({
  app,
  page,
}) => {
  await app.openReady({ device: "wasm", hash: "#example=rice-profit" });
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  const problem = page.getByLabel("Problem of the candidates");
  const before = await problem.inputValue();
  expect(before).not.toBe("");
  const baker = {
    problem: "How many rolls does the baker make with 20 and 6?",
    candidates: ["20 + 6 = 26.\n\n**26**", "20 + 6 = 24.\n\nSo we get 24.", "The answer is 26 rolls."],
    answer: "26",
  };
  await page.getByLabel("Candidates", { exact: true }).fill(JSON.stringify(baker));
  await expect(problem).toHaveValue(baker.problem);
  await expect(problem).not.toBeEditable();
  await expect(page.getByLabel("Right answer")).toHaveValue("26");
  await page.getByRole("button", { name: "Score 3 candidates" }).click();
  await app.idle();
  await expect(problem).toHaveValue(baker.problem);
  for (const [number, mark] of [
    [1, "right"],
    [2, "wrong"],
    [3, "right"],
  ] as const) {
    await expect(row(app, number)).toContainText(mark);
  }
  await expect(row(app, 1)).toContainText("read from the last line");
  await expect(page.getByTestId("winner-majority")).toContainText("2 votes");
  // What was there before is there again.
  await page.getByLabel("Candidates", { exact: true }).fill("");
  await expect(problem).toHaveValue(before);
});

test("on a narrow page the candidates come first, and numbers stand under their names", async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 900 });
  await app.openReady({ device: "wasm" });
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Problem", exact: false })).toHaveCount(1);
  await page.getByRole("button", { name: "Try an example" }).click();
  await expect(page.getByRole("button", { name: "Try an example" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Forget the scores" })).toHaveCount(0);
  await page.getByRole("button", { name: "Score 6 candidates" }).click();
  await app.idle();
  const ends = await page.getByRole("region", { name: "Scored candidates" }).evaluate((table) => {
    const rightOf = (node: Node | null | undefined) => {
      const range = document.createRange();
      range.selectNodeContents(node ?? document.body);
      return range.getBoundingClientRect().right;
    };
    const heads = [...table.querySelectorAll("thead th")];
    const cells = [...(table.querySelector("tbody tr")?.children ?? [])];
    return heads.flatMap((head, index) => {
      const label = [...(head.querySelector("button")?.childNodes ?? [])].find(
        (node) => node.nodeType === Node.TEXT_NODE,
      );
      return label === undefined ? [] : [rightOf(label) - rightOf(cells[index])];
    });
  });
  expect(ends.length).toBeGreaterThan(3);
  expect(Math.max(...ends.map(Math.abs))).toBeLessThan(1);
  // On a phone the table is wider than the page: it is reached with the keyboard, whatever is in it.
  await page.setViewportSize({ width: 380, height: 800 });
  await page.getByText("As a group of GRPO").click();
  await expect(page.getByRole("region", { name: "Table of the candidates" })).toHaveAttribute(
    "tabindex",
    "0",
  );
  expect(await seriousFaults(page)).toEqual([]);
  // 3 of 6 are right, one of them without a mark.
  await expect(page.getByText("read from the last line")).toHaveCount(1);
  await expect(page.locator("tr[data-candidate]").filter({ hasText: "right" })).toHaveCount(3);
});

test("a dropped list is taken as records, with their problems and right answers", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await page.getByRole("button", { name: "Candidates", exact: true }).click();
  const rows = [
    { problem: "What is 2 + 3?", completion: "2 + 3 = 5.\n\nThe answer is 5.", gold: "5" },
    { problem: "What is 2 + 3?", completion: "2 + 3 = 6.\n\nThe answer is 6.", gold: "5" },
    { problem: "What is 4 + 4?", completions: ["4 + 4 = 8.", "The answer is 8."], is_correct: true },
  ];
  await page.evaluate(
    (text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "rollouts.jsonl", { type: "text/plain" }));
      document.querySelector("main")?.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
    },
    rows.map((one) => JSON.stringify(one)).join("\n"),
  );
  await expect(page.getByText("3 chains from a file")).toBeVisible();
  await expect(page.getByText("2 different problems")).toBeVisible();
  await page.getByRole("button", { name: "Score 3 candidates" }).click();
  await app.idle();
  await expect(page.locator("tr[data-candidate]")).toHaveCount(2);
  await expect(row(app, 1)).toContainText("right");
  await expect(row(app, 2)).toContainText("wrong");
  await page.getByLabel("Problem, one of 2").selectOption({ index: 1 });
  await expect(page.locator("tr[data-candidate]")).toHaveCount(1);
  await expect(row(app, 3)).toContainText("right");
  await page.getByRole("button", { name: "Put in other candidates" }).click();
  await expect(page.getByLabel("Candidates", { exact: true })).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
});
