import { joinSteps, TINY, test } from "../app.ts";
test("probe", async ({ app, page }) => {
  await page.goto(`http://127.0.0.1:4173/?model=${TINY}&device=wasm`);
  await app.device.waitFor();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const metrics = async () => Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map((m) => [m.name, m.value]));
  for (const count of [100, 300, 1000]) {
    const steps = Array.from({ length: count }, (_, index) => `n = ${index + 1}`);
    await app.write("Count.", joinSteps(steps));
    const before = await metrics();
    const t = performance.now();
    await app.scoreButton.click();
    await app.scoreButton.waitFor({timeout: 100000});
    const after = await metrics();
    console.log(count, Math.round(performance.now() - t), ["TaskDuration","ScriptDuration","LayoutDuration","RecalcStyleDuration"].map(k => k + " " + ((after[k]!-before[k]!)).toFixed(2)).join(", "));
    await app.detail.getByText("What the model saw").click();
    console.log(await app.detail.getByText(/forward passes/).textContent());
  }
});
