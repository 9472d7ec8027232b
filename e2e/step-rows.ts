/** One step as the list shows it. */
export interface ShownStep {
  readonly index: number;
  /** Absent when the step was not scored. */
  readonly reward?: number;
  /** The step's text, character for character. */
  readonly text: string;
  /** All words of the row, the text included. */
  readonly words: string;
}

/**
 * Runs in the page: the rows of the list from the first to the last, as JSON. The list draws only what is
 * in view, so it is scrolled from end to end.
 */
export async function readRows(list: Element): Promise<string> {
  const twoFrames = () =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const drawn = () => [...list.querySelectorAll("[data-step-index]")];
  const steps = new Map<number, ShownStep>();
  const collect = () => {
    for (const row of drawn()) {
      const index = Number(row.getAttribute("data-step-index"));
      const reward = row.getAttribute("data-reward");
      const text = [...row.querySelectorAll("p")].at(-1)?.textContent ?? "";
      const words = row.textContent ?? "";
      steps.set(index, { index, ...(reward === null ? {} : { reward: Number(reward) }), text, words });
    }
  };
  const toStart = async () => {
    for (let box = drawn()[0] ?? list; box !== list; box = box.parentElement ?? list) {
      box.scrollTop = 0;
    }
    await twoFrames();
  };
  await toStart();
  collect();
  const count = Number(drawn()[0]?.getAttribute("aria-setsize"));
  while (steps.size < count) {
    const before = steps.size;
    drawn().at(-1)?.scrollIntoView({ block: "start" });
    await twoFrames();
    collect();
    if (steps.size === before) {
      throw new Error(`the list ends at step ${before} of ${count}`);
    }
  }
  await toStart();
  return JSON.stringify([...steps.values()].sort((a, b) => a.index - b.index));
}
