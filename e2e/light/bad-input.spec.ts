/** Text nobody planned for: a sentence about it or the right rewards in the right rows, and nothing lost. */
import { type App, expect, expectRewards, joinSteps, test } from "../app.ts";
import { EIGHT_STEPS } from "../expected-cases.ts";

const PROBLEM = "What is 2 + 3?";
const NUL = "\u0000";
const LONE_HIGH = "\ud83d";
const LONE_LOW = "\ude00";

test.beforeEach(async ({ app }) => {
  await app.openReady({ device: "wasm" });
});

async function expectScoringWorks(app: App): Promise<void> {
  await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
  await expect(app.alerts).toHaveCount(0);
  expectRewards(await app.rewards(), EIGHT_STEPS.rewards, 0.001);
}

async function expectAligned(app: App, steps: readonly string[]): Promise<void> {
  const rows = await app.rows();
  expect(rows.map((row) => row.text)).toEqual(steps);
  expect(rows.map((row) => typeof row.reward)).toEqual(steps.map(() => "number"));
  await expect(app.alerts).toHaveCount(0);
}

const UNFILLED = [
  { name: "both empty", problem: "", chain: "", words: "Enter a problem.", focused: "problem" },
  { name: "no problem", problem: "", chain: "2 + 3 = 5", words: "Enter a problem.", focused: "problem" },
  { name: "no chain", problem: PROBLEM, chain: "", words: "Enter a chain of thought.", focused: "chain" },
  {
    name: "white space only",
    problem: PROBLEM,
    chain: " \n\t \u3000\n",
    words: "Enter a chain of thought.",
    focused: "chain",
  },
  {
    name: "tags around nothing",
    problem: PROBLEM,
    chain: "<think>\n\n</think>",
    words: "Enter a chain of thought.",
    focused: "chain",
  },
] as const;

test("a field without text is named and gets the focus", async ({ app }) => {
  for (const { name, problem, chain, words, focused } of UNFILLED) {
    await test.step(name, async () => {
      // Ends the complaint of the step before.
      await app.write(PROBLEM, "2 + 3 = 5");
      await expect(app.alerts).toHaveCount(0);
      await app.score(problem, chain);
      await expect(app.alerts).toHaveText(words);
      await expect(app[focused]).toBeFocused();
      await expect(app.problem).toHaveValue(problem);
      await expect(app.chain).toHaveValue(chain);
      await expect(app.verdict).toHaveCount(0);
    });
  }
  await expectScoringWorks(app);
});

test("Score leads to the empty field every time it is pressed", async ({ app }) => {
  await app.scoreAgain();
  await expect(app.problem).toBeFocused();
  await app.scoreAgain();
  await expect(app.problem).toBeFocused();
});

const UNUSUAL = [
  { name: "one step", problem: PROBLEM, steps: ["2 + 3 = 5"] },
  {
    name: "NUL",
    problem: `What${NUL}is 2 + 3?`,
    steps: [`2${NUL} + 3 = 5`, `${NUL}${NUL}`, "The answer is 5."],
  },
  {
    name: "lone surrogates",
    problem: `What ${LONE_LOW} is 2 + 3?`,
    steps: [`2 + 3 ${LONE_HIGH} = 5`, LONE_LOW, `${LONE_HIGH}${LONE_HIGH}${LONE_LOW} is a pair at the end.`],
  },
  {
    name: "right to left",
    problem: "كم يساوي ٢ + ٣؟",
    steps: ["نجمع ٢ و ٣ فنحصل على ٥.", "\u202eהתשובה היא 5.\u202c", "2 + 3 = 5 ‏(جواب)"],
  },
  {
    name: "Chinese, Japanese and Korean, without spaces",
    problem: "二加三等于几？",
    steps: ["二加三等于五。", "２＋３＝５です。", "답은 5입니다.", "𠮷野家👩‍👩‍👧‍👦e\u0301"],
  },
];

test("unusual text is scored step by step and shown as it was given", async ({ app }) => {
  for (const { name, problem, steps } of UNUSUAL) {
    await test.step(name, async () => {
      await app.paste(problem, joinSteps(steps));
      await app.scoreAgain();
      await expectAligned(app, steps);
      expect(await app.textOf(app.problem)).toBe(problem);
      expect(await app.textOf(app.chain)).toBe(joinSteps(steps));
      await expectScoringWorks(app);
    });
  }
});

test("a step of control characters alone is seen, and is the text it was", async ({ app }) => {
  await app.paste(PROBLEM, joinSteps([`${NUL}${NUL}`, "2 + 3 = 5"]));
  for (const code of await app.row(0).getByTitle("control character U+0000").all()) {
    expect((await code.boundingBox())?.width).toBeGreaterThan(8);
  }
  await expect(app.row(0).getByTitle("control character U+0000")).toHaveCount(2);
  expect((await app.rows()).map((row) => row.text)).toEqual([`${NUL}${NUL}`, "2 + 3 = 5"]);
});

test("a file that is too large is refused with the limit there is", async ({ app }) => {
  await app.dropFile(1_000_001);
  await expect(app.alerts).toHaveText(
    "It has more than 1,000,000 characters; no chain of thought is that long.",
  );
  await expect(app.chain).toHaveValue("");
  await app.dropFile(1_000_000);
  await expect(app.chain).not.toHaveValue("");
});
