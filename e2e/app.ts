/** The page as a person uses it. Specs speak to this object; what it looks for is written here once. */
import { test as base, expect, type Locator, type Page, type Worker } from "@playwright/test";
import { ISOLATED_URL } from "./playwright.config.ts";
import { readRows, type ShownStep } from "./step-rows.ts";

/** The model of the page; random weights of two layers stand in for it where numbers do not matter. */
export const EMBEDDED = "stepscope-prm";
export const TINY = "tiny-stepscope-prm";

interface OpenOptions {
  /** A folder under models/ or a repository; `chosen`: the one the browser remembers. */
  readonly model?: string;
  /** Absent: the page chooses. */
  readonly device?: "wasm" | "webgpu";
  readonly hash?: string;
  readonly url?: string;
}

export class App {
  readonly problem;
  readonly chain;
  readonly scoreButton;
  readonly stopButton;
  readonly device;
  readonly verdict;
  readonly trajectoryScore;
  readonly steps;
  readonly detail;
  readonly timeline;
  readonly chart;
  /** Where the page says how the model or a run fares. */
  readonly model;
  readonly alerts;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.problem = page.getByLabel("Problem", { exact: true });
    this.chain = page.getByLabel("Chain of thought", { exact: true });
    this.scoreButton = page.getByRole("button", { name: "Score", exact: true });
    this.stopButton = page.getByRole("button", { name: "Stop", exact: true });
    this.device = page.getByTestId("device");
    this.verdict = page.getByTestId("verdict");
    this.trajectoryScore = page.getByTestId("trajectory-score");
    this.steps = page.getByRole("region", { name: "Steps", exact: true });
    this.detail = page.getByRole("complementary", { name: "Step detail" });
    this.timeline = page.getByRole("region", { name: "Timeline" });
    this.chart = this.timeline.getByRole("img", { name: /^Reward of each of/ });
    this.model = page.getByRole("region", { name: "Model", exact: true });
    this.alerts = page.getByRole("alert");
  }

  async open({ model = TINY, device, hash = "", url = ISOLATED_URL }: OpenOptions = {}): Promise<void> {
    const query = new URLSearchParams({
      testing: "1",
      ...(model === "chosen" ? {} : { model }),
      ...(device === undefined ? {} : { device }),
    });
    await this.page.goto(`${url}?${query}${hash}`);
  }

  /** Opens the page and waits until the model has passed its self-test. */
  async openReady(options: OpenOptions = {}): Promise<void> {
    await this.open(options);
    await this.idle();
    await expect(this.device).toBeVisible();
  }

  /** Until no load and no run is under way and the page has painted. */
  async idle(): Promise<void> {
    await this.page.waitForFunction(() => window.stepscope !== undefined);
    await this.page.evaluate(() => window.stepscope?.idle());
  }

  async write(problem: string, chain: string): Promise<void> {
    await this.problem.fill(problem);
    await this.chain.fill(chain);
  }

  /**
   * Pastes a problem and a chain as JSON, whose escapes carry what no wire or clipboard would. Also the way
   * for long texts: a browser takes 10 s to type 1,000 lines into a field.
   */
  async paste(problem: string, chain: string): Promise<void> {
    await this.page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }, JSON.stringify({ problem, chain }));
  }

  /** Drops a text file of this many bytes on the page. */
  async dropFile(bytes: number): Promise<void> {
    await this.page.evaluate((size) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([" ".repeat(size - 1), "x"], "chain.txt", { type: "text/plain" }));
      document.querySelector("main")?.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
    }, bytes);
  }

  /** What stands in a field, exactly. */
  async textOf(field: Locator): Promise<string> {
    const json = await field.evaluate((element) => JSON.stringify((element as HTMLTextAreaElement).value));
    return JSON.parse(json) as string;
  }

  /** Scores a chain to its end. */
  async score(problem: string, chain: string): Promise<void> {
    await this.write(problem, chain);
    await this.scoreAgain();
  }

  async scoreAgain(): Promise<void> {
    await this.scoreButton.click();
    await this.idle();
  }

  /** Every step's row from the first to the last, with its text as it is written. */
  async rows(): Promise<readonly ShownStep[]> {
    const raw = this.page.getByRole("switch", { name: "Raw text" });
    const isTypeset = (await raw.count()) > 0 && !(await raw.isChecked());
    if (isTypeset) {
      await raw.click();
    }
    const rows = await this.#readRows();
    if (isTypeset) {
      await raw.click();
    }
    return rows;
  }

  async #readRows(): Promise<readonly ShownStep[]> {
    // Through JSON, which escapes what the wire to the browser would replace: lone surrogates.
    return JSON.parse(await this.steps.evaluate(readRows)) as ShownStep[];
  }

  /** Every step's reward; undefined where there is none. */
  async rewards(): Promise<readonly (number | undefined)[]> {
    return (await this.rows()).map((row) => row.reward);
  }

  /** The row of the step at this 0-based index, where it is in view. */
  row(index: number) {
    return this.steps.locator(`[data-step-index="${index}"]`);
  }

  /** The row that is locked, by ear as well as by eye. */
  get lockedRow() {
    return this.steps.locator("[aria-current=step]");
  }

  /** Puts the pointer on the chart over a step, found by its number on the axis. */
  async hoverChart(index: number): Promise<void> {
    const x = await this.#axisPosition(index);
    const chart = await boxOf(this.chart);
    await this.page.mouse.move(x, chart.y + chart.height / 2);
  }

  /** From now on the page does not hear of an event. */
  async muffle(event: string): Promise<void> {
    await this.page.evaluate((type) => {
      window.addEventListener(type, (heard) => heard.stopImmediatePropagation(), { capture: true });
    }, event);
  }

  /** How many marks of the chart stand exactly over a step: its cursors, when it has some. */
  async marksOver(index: number): Promise<number> {
    const x = await this.#axisPosition(index);
    const rectangles = await this.chart.locator("rect").all();
    const boxes = await Promise.all(rectangles.map((rectangle) => rectangle.boundingBox()));
    return boxes.filter((box) => box !== null && Math.abs(box.x + box.width / 2 - x) < 2).length;
  }

  async #axisPosition(index: number): Promise<number> {
    const tick = await boxOf(this.chart.getByText(String(index + 1), { exact: true }));
    return tick.x + tick.width / 2;
  }

  /** All token ids the model was given, from the open "What the model saw". */
  async promptIds(): Promise<readonly number[]> {
    const prompt = this.detail.getByRole("region", { name: "Prompt" });
    await prompt.waitFor();
    const more = prompt.getByRole("button", { name: /^Show \d+ tokens (before|after)$/ });
    while ((await more.count()) > 0) {
      await more.first().click();
    }
    const titles = await prompt
      .getByTitle(/^token \d+, id \d+$/)
      .evaluateAll((tokens) => tokens.map((token) => token.getAttribute("title") ?? ""));
    return titles.map((title, position) => {
      expect(title).toContain(`token ${position}, id `);
      return Number(title.split("id ")[1]);
    });
  }

  async trajectoryValue(): Promise<number> {
    const value = await this.trajectoryScore.getAttribute("data-value");
    return value === null ? Number.NaN : Number(value);
  }

  /** The model's own reward for the whole: what is left of the ReasonFlux score without its other term. */
  async trajectoryReward(): Promise<number> {
    await this.aggregateBy("reasonflux");
    const steps = this.page.getByRole("switch", { name: "Count the mean step reward" });
    await steps.click();
    await expect(steps).not.toBeChecked();
    const value = await this.trajectoryValue();
    await steps.click();
    await expect(steps).toBeChecked();
    return value;
  }

  async aggregateBy(id: string): Promise<void> {
    await this.page.getByLabel("Trajectory score by").selectOption(id);
  }

  /** The thread the model runs in. */
  async worker(): Promise<Worker> {
    const isScoring = (worker: Worker) => worker.url().includes("scoring.worker");
    return this.page.workers().find(isScoring) ?? this.page.waitForEvent("worker", isScoring);
  }
}

/** Where the pointer meets the middle of an element. */
export async function centreOf(locator: Locator): Promise<readonly [x: number, y: number]> {
  const { x, y, width, height } = await boxOf(locator);
  return [x + width / 2, y + height / 2];
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) {
    throw new Error(`${locator} is not drawn`);
  }
  return box;
}

export const test = base.extend<{ readonly app: App }>({
  app: async ({ page }, use) => {
    await use(new App(page));
  },
});

export { expect } from "@playwright/test";

/** Steps as one chain that the default rule cuts back into them. */
export function joinSteps(steps: readonly string[]): string {
  return steps.join("\n\n");
}

/** Every reward is there and no further from the expected one than `tolerance`. */
export function expectRewards(
  shown: readonly (number | undefined)[],
  expected: readonly number[],
  tolerance: number,
): void {
  expect(shown).toHaveLength(expected.length);
  for (const [index, reward] of expected.entries()) {
    const delta = Math.abs((shown[index] ?? Number.NaN) - reward);
    expect(delta, `step ${index + 1}: shown ${shown[index]}, expected ${reward}`).toBeLessThan(tolerance);
  }
}
