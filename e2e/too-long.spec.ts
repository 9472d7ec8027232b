/** More text than a model can read: what fits is scored, and the rest is said not to be. */
import type { ModelManifest } from "../src/core/manifest.ts";
import { type App, expect, expectRewards, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";

const MANIFEST = "**/models/*/stepscope.json";
/** Shorter than the real one, so that reaching its end takes seconds. */
const CONTEXT = 1024;
const BEYOND = /not scored: beyond the model.s context of 1,024 tokens/;
const TOO_LONG =
  "The problem and the first step take more than the 1,024 tokens this model reads at once. Change the text or how it is cut into steps.";
const MEGABYTE = 1_000_000;

test.beforeEach(async ({ app, page }) => {
  await page.route(MANIFEST, async (route) => {
    const manifest = (await (await route.fetch()).json()) as ModelManifest;
    await route.fulfill({ json: { ...manifest, context: CONTEXT } });
  });
  await app.openReady({ device: "wasm" });
});

async function expectScoringWorks(app: App): Promise<void> {
  await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
  await expect(app.alerts).toHaveCount(0);
  expectRewards(await app.rewards(), EIGHT_STEPS.rewards, 0.001);
}

test("2,000 steps: those beyond the context have no reward and say why", async ({ app, page }) => {
  const steps = Array.from({ length: 2000 }, (_, index) => String((index * 7) % 10));
  await app.paste("Digits.", joinSteps(steps));
  await app.scoreAgain();
  const rows = await app.rows();
  expect(rows.map((row) => row.text)).toEqual(steps);

  // Every step here is one digit and its separator; the first token of the first step is on the page.
  await app.row(0).click();
  const range = await app.detail.getByTitle(/^Tokens \d+ to \d+ of the model/).getAttribute("title");
  const [first = Number.NaN, last] = (range?.match(/\d+/g) ?? []).map(Number);
  expect(last).toBe(first + 1);
  const fitting = Math.floor((CONTEXT - first) / 2);
  expect(rows.filter((row) => row.reward !== undefined).map((row) => row.index)).toEqual(
    Array.from({ length: fitting }, (_, index) => index),
  );
  for (const [index, row] of rows.entries()) {
    expect(BEYOND.test(row.words), `step ${index + 1}`).toBe(index >= fitting);
  }
  await expect(app.verdict).toContainText(`${fitting} of 2,000 steps scored`);
  await app.aggregateBy("reasonflux");
  await expect(app.trajectoryScore).not.toHaveAttribute("data-value");
  await expect(page.getByText("the trajectory reward needs every step scored")).toBeVisible();
  await expect(app.alerts).toHaveCount(0);
  await expectScoringWorks(app);
});

test("a megabyte in many paragraphs", async ({ app }) => {
  const paragraph = "The number of apples is 12, and 12 - 5 = 7, so 7 apples are left. ".repeat(15).trim();
  // With the blank lines between them; a longer text is no chain.
  const count = Math.floor(MEGABYTE / (paragraph.length + 2));
  const chain = joinSteps(new Array<string>(count).fill(paragraph));
  await app.paste("How many?", chain);
  // As JSON it is longer than a chain may be, so it is read as a file is: off the page's thread.
  await expect(app.row(0)).toBeVisible();
  await app.scoreAgain();
  await expect(app.row(0)).toHaveAttribute("data-reward", /./);
  await expect(app.verdict).toContainText(
    new RegExp(`^\\d of ${count.toLocaleString("en-US")} steps scored: `),
  );
  expect(await app.textOf(app.chain)).toBe(chain);
  await expectScoringWorks(app);
});

const ENDLESS = [
  { name: "a step of one line of 100 kB", problem: "How many?", chain: "12 - 5 = 7 and ".repeat(6667) },
  { name: "a step of 100 kB without a space", problem: "How many?", chain: "a".repeat(100_000) },
  { name: "a problem of a megabyte", problem: "How many? ".repeat(100_000), chain: "12 - 5 = 7" },
];

test("what does not fit at all is refused in one sentence", async ({ app }) => {
  for (const { name, problem, chain } of ENDLESS) {
    await test.step(name, async () => {
      await app.paste(problem, chain);
      await app.scoreAgain();
      await expect(app.alerts).toHaveText(TOO_LONG);
      expect(await app.rewards()).toEqual([undefined]);
      expect(await app.textOf(app.problem)).toBe(problem);
      expect(await app.textOf(app.chain)).toBe(chain);
    });
  }
  await expectScoringWorks(app);
});
