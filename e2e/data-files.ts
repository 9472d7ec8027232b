/** Files of data as specs drop them, made in the page or in memory. */
import type { Locator, Page } from "@playwright/test";
import type { App } from "./app.ts";

/** In the layout of https://huggingface.co/datasets/Qwen/ProcessBench. */
export const PROCESSBENCH_ROWS = [
  {
    id: "gsm8k-0",
    generator: "a model",
    problem: "Mia has 3 bags with 4 apples each. She eats 2 apples. How many apples are left?",
    steps: [
      "3 bags with 4 apples are 3 * 4 = 12 apples.",
      "She eats 2: 12 - 2 = 9.",
      "So 9 apples are left.",
    ],
    final_answer_correct: false,
    label: 1,
  },
  {
    id: "gsm8k-1",
    generator: "a model",
    problem: "A box holds 6 red pens and 9 blue pens. How many pens are in 4 boxes?",
    steps: ["Each box has 6 + 9 = 15 pens.", "So 4 boxes have 4 * 15 = 50 pens.", "There are 50 pens."],
    final_answer_correct: false,
    label: 1,
  },
  {
    id: "gsm8k-2",
    generator: "a model",
    problem: "Tom reads 12 pages a day. How many pages does he read in a week?",
    steps: ["A week has 7 days.", "So he reads 7 * 12 = 84 pages."],
    final_answer_correct: true,
    label: -1,
  },
] as const;

export function toJsonl(rows: readonly unknown[]): string {
  return `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;
}

/** Drops files on the page, their texts given. */
export async function dropFiles(
  page: Page,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  await page.evaluate((given) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of given) {
      dataTransfer.items.add(new File([text], name));
    }
    document.querySelector("main")?.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
  }, files);
}

/** Opens the data set of three rows; the list of its chains, a button each. */
export async function openProcessBench(app: App): Promise<Locator> {
  await dropFiles(app.page, [{ name: "gsm8k.jsonl", text: toJsonl(PROCESSBENCH_ROWS) }]);
  await app.idle();
  return app.page.getByRole("list", { name: "Chains" }).getByRole("button");
}

/** Pastes a text into an element, as the keyboard would. */
export async function pasteText(page: Page, selector: string, text: string): Promise<void> {
  await page.locator(selector).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** What the page did while it read a large file. */
export interface Reading {
  /** How many chains the page shows in the end. */
  readonly count: number;
  /** Frames that were painted meanwhile. */
  readonly frames: number;
  /** What the page said, one entry a change. */
  readonly statuses: readonly string[];
}

/**
 * Drops a ProcessBench file of this many bytes, made in the page, and watches until it is read.
 * @param press A button to press as soon as there are chains.
 */
export async function dropLargeFile(page: Page, bytes: number, press?: string): Promise<Reading> {
  return await page.evaluate(
    async ({ size, button }) => {
      const lines: string[] = [];
      for (let length = 0, index = 0; length < size; index += 1) {
        const steps = Array.from(
          { length: 8 },
          (_, step) => `Step ${step}: ${"we add numbers to others, ".repeat(8)}`,
        );
        const row = {
          id: `r${index}`,
          problem: `Problem ${index}: how many?`,
          steps,
          label: (index % 9) - 1,
        };
        lines.push(`${JSON.stringify(row)}\n`);
        length += lines.at(-1)?.length ?? 0;
      }
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(lines, "large.jsonl"));
      let frames = 0;
      let isOver = false;
      const statuses: string[] = [];
      const watch = () => {
        frames += 1;
        const words = document.querySelector("[aria-label=Source] [role=status]")?.textContent ?? "";
        if (words !== statuses.at(-1)) {
          statuses.push(words);
        }
        if (button !== undefined && /[1-9]\d* chains/.test(words)) {
          [...document.querySelectorAll("button")].find(({ textContent }) => textContent === button)?.click();
        }
        if (!isOver) {
          requestAnimationFrame(watch);
        }
      };
      requestAnimationFrame(watch);
      document.querySelector("main")?.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
      await window.stepscope?.idle();
      isOver = true;
      const list = document.querySelector("ol[aria-label=Chains] li");
      return { count: Number(list?.getAttribute("aria-setsize")), frames, statuses };
    },
    { size: bytes, button: press },
  );
}
