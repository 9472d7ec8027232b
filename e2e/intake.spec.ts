/** Anything pasted, dropped or opened: told, shown, corrected; what cannot be read is named, and nothing is lost. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test } from "./app.ts";
import { seriousFaults } from "./axe.ts";
import { dropFiles, dropLargeFile, PROCESSBENCH_ROWS, pasteText, toJsonl } from "./data-files.ts";

const FIXTURES = fileURLToPath(new URL("../src/formats/fixtures/", import.meta.url));
const PROBLEM = "A box holds 6 red pens and 9 blue pens. How many pens are in 4 boxes?";
const CHAT = JSON.stringify({
  messages: [
    { role: "user", content: PROBLEM },
    {
      role: "assistant",
      reasoning_content: "Each box has 6 + 9 = 15 pens.\n\nSo 4 boxes have 4 * 15 = 60 pens.",
      content: "There are 60 pens.",
    },
  ],
});

const sourceOf = (page: Page) => page.getByRole("region", { name: "Source" });
const rowsOf = (page: Page) => page.getByRole("list", { name: "Chains" }).getByRole("button");

test.beforeEach(async ({ app }) => {
  await app.openReady({ device: "wasm" });
});

test("pasted chat messages with reasoning become thinking and response, and are scored", async ({
  app,
  page,
}) => {
  await pasteText(page, "body", CHAT);
  const source = sourceOf(page);
  await expect(source.getByRole("status")).toHaveText("Chat messages, 1 chain");
  await expect(app.problem).toHaveValue(PROBLEM);
  await app.scoreAgain();
  const rows = await app.rows();
  await expect(page.getByText("3 steps: 2 thinking, 1 response")).toBeVisible();
  expect(rows.every(({ reward }) => typeof reward === "number")).toBe(true);

  // The text of the person's own is not the source's any more.
  await app.problem.fill("Another problem");
  await expect(source.getByRole("status")).toHaveCount(0);
});

test("data pasted in place of the whole chain is read; anything else is put in as it is", async ({
  app,
  page,
}) => {
  await pasteText(page, "textarea >> nth=1", CHAT);
  await expect(app.problem).toHaveValue(PROBLEM);
  await expect(app.chain).toHaveValue(/^<think>\n/);
  // Behind text that is there already it is only text.
  await app.chain.fill("Look: ");
  await app.chain.press("End");
  await pasteText(page, "textarea >> nth=1", CHAT);
  await expect(app.chain).toHaveValue("Look: ");
});

test("what a file was taken for can be corrected", async ({ app, page }) => {
  const text = toJsonl(PROCESSBENCH_ROWS);
  await dropFiles(page, [{ name: "rows.jsonl", text }]);
  await app.idle();
  const readAs = sourceOf(page).getByLabel("Read as");
  await expect(readAs).toHaveValue("processbench");

  await readAs.selectOption({ label: "Plain text" });
  await app.idle();
  await expect(app.chain).toHaveValue(text.replace(/\n$/, "\n"));
  await expect(sourceOf(page).getByRole("status")).toHaveText("Plain text, 1 chain");

  await readAs.selectOption({ label: "Problem and response" });
  await app.idle();
  await expect(sourceOf(page).getByRole("status")).toHaveText("Problem and response, 3 chains");
  await expect(rowsOf(page)).toHaveCount(3);

  // A format that does not fit says so, and leaves what is there.
  await readAs.selectOption({ label: "PRM800K" });
  await app.idle();
  await expect(app.alerts).toHaveText(
    /^rows\.jsonl: no chain could be read; row 1: its "question" is missing\.$/,
  );
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(readAs).toHaveValue("generic");
});

test("rows that cannot be read are listed with their numbers, and the others are there", async ({
  app,
  page,
}) => {
  const [first, second] = PROCESSBENCH_ROWS;
  const text = `${JSON.stringify(first)}\n{"id": "cut\n${JSON.stringify({ ...second, steps: "one" })}\n${JSON.stringify(second)}`;
  await dropFiles(page, [{ name: "rows.jsonl", text }]);
  await app.idle();
  await expect(sourceOf(page).getByRole("status")).toHaveText("ProcessBench, 2 chains, labels on 2");
  await sourceOf(page).getByText("2 rows could not be read").click();
  await expect(
    page.getByRole("list", { name: "Rows that could not be read" }).getByRole("listitem"),
  ).toHaveText(["row 2: it is not valid JSON, or cut off", 'row 3: its "steps" is not a list']);
});

test("what the source says beyond the chain can be read, for the chain that is shown", async ({
  app,
  page,
}) => {
  const [first, second] = PROCESSBENCH_ROWS;
  const events = Array.from({ length: 5000 }, (_, index) => ({ event: index }));
  await dropFiles(page, [
    {
      name: "rows.jsonl",
      text: toJsonl([
        { ...first, split: "gsm8k" },
        { ...second, events },
      ]),
    },
  ]);
  await app.idle();
  await sourceOf(page).getByText("Source fields").click();
  const fields = page.getByRole("region", { name: "Other fields of this chain" });
  await expect(fields).toHaveText('{ "split": "gsm8k" }');
  await page.getByRole("button", { name: "Next chain" }).click();
  await expect(fields).toContainText('"event": 0');
  await expect(fields).not.toContainText('"event": 4999');
  await expect(sourceOf(page)).toContainText("Cut off after 20,000 characters; the file has the rest.");
  expect(await seriousFaults(page)).toEqual([]);
  // An edited text is not the source's any more.
  await app.problem.fill("Another problem");
  await expect(fields).toHaveCount(0);
});

test("a problem that nothing tells from the first step is said to be in it", async ({ app, page }) => {
  const conversations = [
    { role: "user", content: "What is 2 + 3? 2 + 3 = 5." },
    { role: "assistant", content: "+" },
  ];
  const words = "The problem is not told apart from the first step: cut it off by hand.";
  await dropFiles(page, [{ name: "rlhflow.jsonl", text: toJsonl([{ conversations }]) }]);
  await app.idle();
  await expect(sourceOf(page)).toContainText(words);
  await expect(app.problem).toHaveValue("");
  await app.problem.fill("What is 2 + 3?");
  await expect(page.getByText(words)).toHaveCount(0);
});

test("a row of 100 MB costs itself alone, and one beyond the limit says so", async ({ app, page }) => {
  const good = JSON.stringify({ problem: PROBLEM, response: "There are 60 pens." });
  await page.evaluate((row) => {
    const piece = "we add numbers to others, ".repeat(40_000);
    const open = row.slice(0, -2);
    const dataTransfer = new DataTransfer();
    const long = Array.from({ length: 100 }, () => piece);
    dataTransfer.items.add(new File([row, "\n", open, ...long, '"}\n', row, "\n"], "rows.jsonl"));
    document.querySelector("main")?.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
  }, good);
  const source = sourceOf(page);
  await expect(source.getByRole("status")).toHaveText("Problem and response, 2 chains", { timeout: 60_000 });
  await source.getByText("1 row could not be read").click();
  await expect(source).toContainText("row 2: its chain has more than 1,000,000 characters");
  await rowsOf(page).last().click();
  await app.scoreAgain();
  expect((await app.rows()).map(({ text }) => text)).toEqual(["There are 60 pens."]);

  const steps = ["Each box has 6 + 9 = 15 pens.", "x".repeat(1_000_001)];
  await dropFiles(page, [{ name: "alone.json", text: JSON.stringify({ problem: PROBLEM, steps }) }]);
  await expect(app.alerts).toContainText("row 1: its chain has more than 1,000,000 characters");
  await expect(app.chain).toHaveValue("There are 60 pens.");
});

test("several files of any kind are opened together", async ({ app, page }) => {
  const names = ["prm800k.jsonl", "inspect.eval", "lighteval.parquet"];
  await page.getByLabel("Files with chains").setInputFiles([
    ...names.map((name) => ({
      name,
      mimeType: "application/octet-stream",
      buffer: readFileSync(path.join(FIXTURES, name)),
    })),
    { name: "nothing.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(100) },
    { name: "own.txt", mimeType: "text/plain", buffer: Buffer.from("One thought.\n\nAnother.") },
  ]);
  await app.idle();
  const source = sourceOf(page);
  await expect(source.getByRole("status")).toHaveText(
    "PRM800K, Inspect log, LightEval details, Plain text, 10 chains, labels on 2",
  );
  await expect(rowsOf(page)).toHaveCount(10);
  await source.getByText("1 file could not be read").click();
  await expect(source).toContainText("nothing.bin: it is neither text nor a known kind of data");
  await rowsOf(page).last().click();
  await expect(app.chain).toHaveValue("One thought.\n\nAnother.");
});

test("a file of 30 MB is read beside the page, which goes on painting, and can be stopped", async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  await app.write("my problem", "my chain");
  const seen = await dropLargeFile(page, 30_000_000);
  expect(seen.count).toBeGreaterThan(10_000);
  // Painted between the pieces, and said how far it was.
  expect(seen.statuses.filter((words) => words.startsWith("Reading, ")).length).toBeGreaterThan(2);
  expect(seen.frames).toBeGreaterThan(10);
  await expect(sourceOf(page).getByRole("status")).toHaveText(
    /^ProcessBench, [\d,]+ chains, labels on [\d,]+$/,
  );
  expect(await rowsOf(page).count()).toBeLessThan(100);
  await page.getByRole("button", { name: "Bring back my text" }).click();
  await expect(app.chain).toHaveValue("my chain");

  const stopped = await dropLargeFile(page, 30_000_000, "Stop reading");
  expect(stopped.count).toBeLessThan(seen.count);
  await expect(sourceOf(page).getByRole("status")).toHaveText(/^Reading was stopped after [\d,]+ chains/);
  await expect(app.alerts).toHaveCount(0);
  await rowsOf(page).nth(2).click();
  await expect(app.problem).toHaveValue(/^Problem 2:/);
});
