/** Files of data as specs drop them, made in the page or in memory. */
import type { Page } from "@playwright/test";

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
