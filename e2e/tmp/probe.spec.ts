import { EMBEDDED, joinSteps, TINY, test } from "../app.ts";
import { expectedCases } from "../expected-cases.ts";
for (const model of [TINY, EMBEDDED] as const) test("probe "+model, async ({ app }) => {
  let t = performance.now();
  const lap = (n: string) => { const now = performance.now(); console.log(n, Math.round(now - t)); t = now; };
  await app.open({ model, device: "wasm" }); lap("open");
  await app.idle(); lap("ready");
  for (const c of expectedCases(model).slice(0, 4)) {
    await app.write(c.problem, joinSteps(c.steps)); lap("write");
    await app.scoreButton.click(); lap("click");
    await app.idle(); lap("idle " + c.input_ids.length);
    await app.rows(); lap("rows");
    await app.trajectoryReward(); lap("traj");
  }
});
