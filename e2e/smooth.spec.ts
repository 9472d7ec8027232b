/** While a long chain is scored, the page goes on answering: no task of its thread takes longer than 50 ms. */
import { EMBEDDED, expect, test } from "./app.ts";
import { LONGEST_TASK_MS, mainThreadTasks } from "./main-thread.ts";

test("typing stays smooth while 2,000 tokens are scored on the processor", async ({ app, browser, page }) => {
  test.setTimeout(300_000);
  await app.openReady({ model: EMBEDDED, device: "wasm" });
  const steps = Array.from(
    { length: 60 },
    (_, index) =>
      `Step ${index + 1}: we add ${index} and ${index + 7}, which gives ${2 * index + 7}, and go on with the next of the numbers.`,
  );
  await app.write("What is the sum of all of them?", steps.join("\n\n"));
  await app.scoreButton.click();
  await expect(app.row(0)).toHaveAttribute("data-reward", /./, { timeout: 60_000 });
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "__metadata"] });
  await app.problem.pressSequentially(" And of their squares, if you please?", { delay: 60 });
  const trace = await browser.stopTracing();
  // It is still at it: what was traced is typing during a run.
  await expect(app.stopButton).toBeVisible();
  const tasks = mainThreadTasks(trace);
  expect(tasks.length).toBeGreaterThan(100);
  expect(tasks[0]).toBeLessThan(LONGEST_TASK_MS);
  await app.stopButton.click();
  await app.idle();
});
