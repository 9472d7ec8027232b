/** Rewards that are differences of probabilities go below zero: the chart and the list draw them there. */
import type { Locator } from "@playwright/test";
import { expect, joinSteps, test } from "./app.ts";
import { EIGHT_STEPS } from "./expected-cases.ts";
import { usePureCheckpoint } from "./pure-checkpoint.ts";

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) {
    throw new Error(`${locator} is not drawn`);
  }
  return box;
}

async function middleOf(locator: Locator): Promise<number> {
  const { y, height } = await boxOf(locator);
  return y + height / 2;
}

test("a model of rewards from -1 to 1", async ({ app }, info) => {
  await app.open({ device: "wasm" });
  await app.idle();
  await usePureCheckpoint(app, info.outputPath("tiny-pure-prm"));
  await app.score(EIGHT_STEPS.problem, joinSteps(EIGHT_STEPS.steps));
  const rewards = (await app.rewards()).map((reward) => reward ?? Number.NaN);
  expect(Math.min(...rewards)).toBeLessThan(0);
  expect(Math.max(...rewards)).toBeGreaterThan(0);

  const [top, zero, bottom] = [
    await middleOf(app.chart.getByText("1.0", { exact: true })),
    await middleOf(app.chart.getByText("0.0", { exact: true })),
    await middleOf(app.chart.getByText("−1.0", { exact: true })),
  ];
  expect(Math.abs(zero - (top + bottom) / 2)).toBeLessThan(1);
  const dots = await app.chart.locator("circle").all();
  expect(dots).toHaveLength(rewards.length);
  // Letters do not stand exactly on the line they name.
  const NEAR = 3;
  for (const [index, dot] of dots.entries()) {
    const expected = zero - (rewards[index] ?? Number.NaN) * (zero - top);
    expect(Math.abs((await middleOf(dot)) - expected), `step ${index + 1}`).toBeLessThan(NEAR);
  }
  for (const bars of await app.chart.locator("path[data-bin]:not([d=''])").all()) {
    const { y, height } = await boxOf(bars);
    const isBelow = (await bars.getAttribute("data-bin"))?.startsWith("b");
    expect(Math.abs((isBelow ? y : y + height) - zero)).toBeLessThan(NEAR);
  }

  // In the list zero is in the middle of a bar's track.
  for (const [index, reward] of rewards.entries()) {
    const track = app
      .row(index)
      .getByTitle(/^reward /)
      .locator("[aria-hidden]");
    const { x, width } = await boxOf(track);
    const bar = await boxOf(track.locator("span"));
    const [from, to] = [Math.min(0, reward), Math.max(0, reward)].map((end) => x + ((end + 1) / 2) * width);
    expect(Math.abs(bar.x - (from ?? Number.NaN)), `step ${index + 1}`).toBeLessThan(1);
    expect(Math.abs(bar.x + bar.width - (to ?? Number.NaN)), `step ${index + 1}`).toBeLessThan(1);
  }
});
