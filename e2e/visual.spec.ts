/** What the page looks like in every state, in light and dark, on a phone, a tablet and a desktop. */
import { type App, expect, joinSteps, TINY, test } from "./app.ts";
import { seriousFaults } from "./axe.ts";
import { dropFiles, PROCESSBENCH_ROWS, pasteText, toJsonl } from "./data-files.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";
import { checkpointFolder } from "./hub.ts";
import { usePureCheckpoint } from "./pure-checkpoint.ts";

/** The widest first: states are reached there. */
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 900, height: 1100 },
  { width: 380, height: 800 },
] as const;

test.use({ viewport: WIDTHS[0] });

/** Requests for models that nobody ever answers. */
async function withoutModel(app: App): Promise<void> {
  await app.page.route("**/models/**", () => undefined);
}

/** Has what the widest and the narrowest have between them. */
const MIDDLE_WIDTH = 900;

const STATES: Record<string, (app: App) => Promise<void>> = {
  empty: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
  },
  gallery: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=paint-think-wrong" });
    await expect(app.verdict).toHaveAttribute("data-first-error", "1");
  },
  loading: async (app) => {
    // The small files arrive, the weights do not: the progress stands still at a known byte.
    await app.page.route("**/*.onnx_data*", () => undefined);
    await app.open({ model: "stepscope-prm", device: "wasm" });
    await expect(app.model.getByRole("progressbar")).toHaveAttribute("aria-valuenow", /[1-9]/);
  },
  scored: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.score(
      "A box holds 6 red pens and 9 blue pens. How many pens are in 4 boxes?",
      "<think>\nEach box has 6 + 9 = 15 pens.\n\nSo 4 boxes have 4 * 15 = 60 pens.\n</think>\n\nThere are 60 pens.",
    );
    await expect(app.row(0)).toBeVisible();
  },
  "below-zero": async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await usePureCheckpoint(app, test.info().outputPath("tiny-pure-prm"));
    await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
    await expect(app.row(0)).toBeVisible();
  },
  selected: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=rice-profit" });
    await app.row(0).click();
    await app.detail.getByText("What the model saw").click();
    await expect(app.lockedRow).toHaveAttribute("data-step-index", "0");
  },
  maximised: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=trip-long" });
    await expect(app.lockedRow).toBeVisible();
    await app.page.keyboard.press("1");
    await expect(app.steps).toHaveCount(0);
  },
  contrast: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=paint-think-wrong" });
    await expect(app.lockedRow).toBeVisible();
    await app.page.getByRole("button", { name: "Theme: high contrast" }).click();
  },
  ribbons: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=paint-think-wrong" });
    await app.steps.getByRole("button", { name: "Thinking to response" }).click();
    await expect(app.page.getByTestId("ribbon-faults")).toBeVisible();
  },
  // Formulas, code, and a formula that cannot be typeset.
  formulas: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.score(
      "Solve x^2 - 5x + 6 = 0.",
      joinSteps([
        "We have \\(a = 1\\), \\(b = -5\\) and \\(c = 6\\), so $$x = \\frac{5 \\pm \\sqrt{(-5)^2 - 4 \\cdot 6}}{2}.$$",
        "The discriminant is $5^2 - 4 \\cdot 6 = 2$, and $\\frac{1}{2 is not closed.",
        "Checked with code:\n```python\nprint([x for x in range(9) if x * x - 5 * x + 6 == 0])\n```\nIt prints `[2, 3]`.",
        "The answer is $\\boxed{x \\in \\{2, 3\\}}$.",
      ]),
    );
    await expect(app.row(3).locator(".katex")).toBeVisible();
  },
  candidates: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.page.getByRole("button", { name: "Candidates", exact: true }).click();
    await expect(app.page.getByRole("heading", { name: "Best of N" })).toBeVisible();
  },
  "best-of": async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.page.getByRole("button", { name: "Candidates", exact: true }).click();
    await app.page.getByLabel("Problem of the candidates").fill(EIGHT_STEPS.problem);
    const { steps } = EIGHT_STEPS;
    const others = steps.map((step, fork) =>
      joinSteps([...steps.slice(0, fork), step.replace(/\d+/, "77"), ...steps.slice(fork + 1)]),
    );
    await app.page
      .getByLabel("Candidates", { exact: true })
      .fill(JSON.stringify([joinSteps(steps), ...others]));
    await app.page.getByLabel("Right answer").fill("10");
    await app.page.getByRole("button", { name: "Score 9 candidates" }).click();
    await app.idle();
    await expect(app.page.getByText("9 of 9 candidates scored.")).toBeVisible();
  },
  "best-of-failed": async (app) => {
    await app.page.route("**/stepscope.json", (route) => route.fulfill({ status: 500 }));
    await app.open({ model: TINY, device: "wasm" });
    await app.idle();
    await app.page.getByRole("button", { name: "Candidates", exact: true }).click();
    await app.page.getByLabel("Problem of the candidates").fill("What is 2 + 2?");
    await app.page.getByLabel("Candidates", { exact: true }).fill("The answer is 4.\n---\nThe answer is 5.");
    await app.page.getByRole("button", { name: "Score 2 candidates" }).click();
    await app.idle();
    await expect(app.page.getByText("Ended: 0 of 2 candidates scored.")).toBeVisible();
  },
  pinned: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=rice-profit" });
    await app.page.getByRole("button", { name: "Pin to compare" }).click();
    await app.page.getByRole("button", { name: "Compare", exact: true }).click();
    await expect(app.page.getByText("Now make B")).toBeVisible();
  },
  compare: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
    await app.page.getByRole("button", { name: "Pin to compare" }).click();
    const [first = "", second = "", third = "", ...rest] = EIGHT_STEPS.steps;
    const wait = "Wait, let me read that again.";
    const other = third.replace(/\d+/, "77");
    await app.score(EIGHT_STEPS.problem, joinSteps([first, second, other, wait, ...rest.slice(1)]));
    await app.page.getByRole("button", { name: "Compare with A" }).click();
    await expect(app.page.getByRole("region", { name: "Aligned steps" })).toBeVisible();
  },
  // Turns and sums under the chart; the steps in dispute first.
  wrongs: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=trip-long" });
    await app.page.getByLabel("Order of the steps").selectOption("disagreement");
    await app.page.keyboard.press("Escape");
    await app.page.keyboard.press("a");
    await expect(app.lockedRow).toHaveAttribute("data-step-index", "10");
  },
  finding: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=trip-long" });
    await expect(app.lockedRow).toBeVisible();
    await app.page.keyboard.press("/");
    await app.page.keyboard.type("tickets -tag:answer");
    await app.page.keyboard.press("Enter");
    await app.page.keyboard.press("Enter");
    await expect(app.steps.locator("mark[data-hit=current]")).toBeVisible();
  },
  // A window on a long chain, hits on its map, and a range of steps.
  travel: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    const steps = Array.from({ length: 200 }, (_, index) =>
      index % 17 === 16 ? "A long thought about the sum. ".repeat(3) : `${index} + 1 = ${index + 1}`,
    );
    await app.paste(EIGHT_STEPS.problem, joinSteps(steps));
    await app.scoreAgain();
    await app.page.keyboard.press("g");
    await app.page.keyboard.press("/");
    await app.page.keyboard.type("score<0.7");
    await app.page.keyboard.press("Enter");
    await app.page.getByRole("button", { name: "Close find, stay here" }).focus();
    for (const key of ["+", "+", "+", "Shift+J", "Shift+J", "Shift+J", "Shift+J"]) {
      await app.page.keyboard.press(key);
    }
    await expect(app.page.getByRole("region", { name: "Range of steps" })).toBeVisible();
  },
  folded: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    const steps = Array.from({ length: 40 }, (_, index) =>
      index === 12 ? "A long thought about the sum. ".repeat(60) : `${index} + 1 = ${index + 1}`,
    );
    await app.score("Count.", joinSteps(steps));
    await app.page.keyboard.press("Escape");
    await app.steps.getByRole("switch", { name: "Fold similar steps" }).click();
    await expect(app.steps.getByTestId("fold").first()).toBeVisible();
  },
  editing: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=rice-profit" });
    await expect(app.lockedRow).toBeVisible();
    await app.page.keyboard.press("e");
    await expect(app.steps.getByLabel("Text of step 2")).toBeVisible();
  },
  edited: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
    await app
      .row(2)
      .getByRole("button", { name: /^Step 3/ })
      .click();
    await app.page.keyboard.press("e");
    await app.steps.getByLabel("Text of step 3").fill("Wait, that is not what was asked.");
    await app.page.keyboard.press("Control+Enter");
    await app.idle();
    await expect(app.page.getByTestId("ghost-line")).toBeVisible();
  },
  preview: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.write(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
    await expect(app.row(0).getByText(/\d+ tokens/)).toBeVisible();
  },
  keys: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=rice-profit" });
    await expect(app.lockedRow).toBeVisible();
    await app.page.keyboard.press("?");
    await expect(app.page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  },
  palette: async (app) => {
    await withoutModel(app);
    await app.open({ hash: "#example=rice-profit" });
    await expect(app.lockedRow).toBeVisible();
    await app.page.keyboard.press("Control+k");
    await expect(app.page.getByRole("combobox", { name: "Commands" })).toBeFocused();
  },
  tour: async (app) => {
    await withoutModel(app);
    await app.open();
    await app.page.getByRole("button", { name: /Take the tour/ }).click();
    await expect(app.page.getByRole("dialog", { name: "Tour, card 1 of 6" })).toBeVisible();
  },
  models: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.page.getByRole("button", { name: "Models" }).click();
    await app.page.getByLabel("Model folder").setInputFiles(checkpointFolder("tiny-trl-prm"));
    await app.idle();
    await app.page.getByLabel("Hugging Face repository").fill("owner/name");
  },
  refused: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.page.getByRole("button", { name: "Models" }).click();
    await app.page.getByLabel("Model folder").setInputFiles(checkpointFolder("tiny-trl-prm"));
    await app.idle();
    // The same once more: what is here is not made again.
    await app.page.getByLabel("Model folder").setInputFiles(checkpointFolder("tiny-trl-prm"));
    await app.idle();
    await expect(app.alerts).toHaveText(/tiny-trl-prm--q4 is here already/);
  },
  records: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await dropFiles(app.page, [{ name: "gsm8k.jsonl", text: `${toJsonl(PROCESSBENCH_ROWS)}{"id":"cut` }]);
    await app.idle();
    await app.page.getByText("1 row could not be read").click();
    await expect(app.page.getByText("row 4: it is not valid JSON, or cut off")).toBeVisible();
  },
  detected: async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    const [row] = PROCESSBENCH_ROWS;
    await pasteText(app.page, "body", JSON.stringify(row));
    await app.scoreAgain();
    await expect(
      app.page.getByText("The source says: first error at step 2, final answer wrong."),
    ).toBeVisible();
  },
  error: async (app) => {
    await app.page.route("**/stepscope.json", (route) => route.fulfill({ status: 500 }));
    await app.open({ model: TINY, device: "wasm" });
    await app.write("What is 2 + 2?", "2 + 2 = 4.\n\nThe answer is 4.");
    await expect(app.alerts.first()).toBeVisible();
  },
};

for (const [state, reach] of Object.entries(STATES)) {
  test(`${state} looks as it did, and axe finds nothing serious`, async ({ app, page }) => {
    test.setTimeout(240_000);
    await reach(app);
    await page.evaluate(() => document.fonts.ready);
    // In one page, as by a person who makes the window narrower: six times the way to a state would take six times as long.
    for (const viewport of WIDTHS) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.mouse.move(0, 0);
        await expect(page).toHaveScreenshot(`${state}-${viewport.width}-${colorScheme}.png`, {
          // Below the desktop the page scrolls as a whole.
          fullPage: viewport.width < 1440,
          // Says how many threads this machine has.
          mask: [app.device, page.getByTestId("storage")],
        });
        if (colorScheme === "light" && viewport.width !== MIDDLE_WIDTH) {
          expect(await seriousFaults(page), `${viewport.width}`).toEqual([]);
        }
      }
    }
    // Another scheme changes colours alone; it is dark still.
    expect(await seriousFaults(page, "color-contrast"), "dark").toEqual([]);
    await page.evaluate(() => document.documentElement.setAttribute("data-theme", "contrast"));
    expect(await seriousFaults(page, "color-contrast"), "high contrast").toEqual([]);
  });
}
