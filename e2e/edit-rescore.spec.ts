/** An edited chain costs its new tokens, and its rewards are those of a page that never saw the old one. */
import { type App, expect, expectRewards, TINY, test } from "./app.ts";

const PROBLEM = "How many tiles cover a floor of 6 by 8?";
const STEPS = Array.from(
  { length: 12 },
  (_, index) =>
    `Step ${index + 1}: row ${index + 1} takes ${8 + index} tiles, so there are ${(index + 1) * 8}.`,
);

/** Ways a person changes a chain. */
const EDITS: readonly (readonly [string, readonly string[]])[] = [
  ["the last step is changed", STEPS.with(-1, "Therefore the answer is 47.")],
  ["a step in the middle is changed", STEPS.with(6, "Wait, row 7 takes 9 tiles.")],
  ["a step is put in", STEPS.toSpliced(4, 0, "A floor has no holes, so each row is full.")],
  ["two steps are taken away", STEPS.toSpliced(8, 2)],
  ["a step is added at the end", [...STEPS, "So 48 tiles cover the floor."]],
];

async function scoreSteps(app: App, steps: readonly string[]): Promise<number[]> {
  await app.score(PROBLEM, steps.join("\n\n"));
  return (await app.rewards()).map((reward) => reward ?? Number.NaN);
}

/** Tokens that were not computed again, as the page says. */
async function reusedTokens(app: App): Promise<number> {
  const words = app.detail.getByText(/of forward passes/);
  if (!(await words.isVisible())) {
    await app.detail.getByText("What the model saw").click();
  }
  return Number(/; ([\d,]+) reused/.exec((await words.textContent()) ?? "")?.[1]?.replaceAll(",", "") ?? 0);
}

for (const device of ["wasm", "webgpu"] as const) {
  test(`edits cost their own tokens on ${device}, and change no other reward`, async ({ app }) => {
    test.setTimeout(240_000);
    const edits = device === "wasm" ? EDITS : EDITS.slice(0, 2);
    const open = () => app.openReady({ model: TINY, device });
    const fresh: number[][] = [];
    for (const [, steps] of edits) {
      await open();
      fresh.push(await scoreSteps(app, steps));
    }
    await open();
    await scoreSteps(app, STEPS);
    for (const [index, [what, steps]] of edits.entries()) {
      await test.step(what, async () => {
        expectRewards(await scoreSteps(app, steps), fresh[index] ?? [], 1e-3);
        expect(await reusedTokens(app)).toBeGreaterThan(100);
      });
    }
  });
}
