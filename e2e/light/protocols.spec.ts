/** What the page says of models that are not read like the embedded one, and of those that cannot run at all. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, expectRewards, joinSteps, test } from "../app.ts";
import { ISOLATED_URL } from "../playwright.config.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), "stepscope-protocols-"));
test.afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface ExpectedCase {
  readonly problem: string;
  readonly steps: readonly string[];
  readonly rewards: readonly number[];
  readonly redundancy?: readonly number[];
}

/** Converts a checkpoint as a user would and serves it beside the page's own model; gives its expected cases. */
async function serveConverted(page: Page, name: string): Promise<readonly ExpectedCase[]> {
  const folder = path.join(scratch, name);
  if (!existsSync(folder)) {
    const checkpoint = path.join(ROOT, "e2e/fixtures/checkpoints", name);
    const args = ["bin/stepscope.mjs", "convert", checkpoint, folder, "--dtype", "fp32"];
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "ignore", "pipe"] });
  }
  const prefix = `${ISOLATED_URL}models/${name}/`;
  await page.route(`${prefix}**`, (route) =>
    route.fulfill({ path: path.join(folder, route.request().url().slice(prefix.length)) }),
  );
  const text = readFileSync(path.join(ROOT, "e2e/fixtures/expected", `${name}.json`), "utf8");
  return (JSON.parse(text) as { cases: ExpectedCase[] }).cases;
}

test("ReasonEval's redundancy stands beside every reward, marked above its threshold", async ({
  app,
  page,
}) => {
  const cases = await serveConverted(page, "tiny-reasoneval");
  await app.openReady({ model: "tiny-reasoneval", device: "wasm" });
  for (const { problem, steps, rewards, redundancy = [] } of cases.slice(0, 3)) {
    await app.score(problem, joinSteps(steps));
    expectRewards(await app.rewards(), rewards, 0.001);
    for (const [index, expected] of redundancy.entries()) {
      const shown = app.row(index).getByTitle(/^redundancy 0\.\d+/);
      const value = Number((await shown.getAttribute("title"))?.split(" ")[1]);
      expect(Math.abs(value - expected)).toBeLessThan(0.001);
      await expect(shown).toHaveText(
        expected > 0.15 ? /^redundancy 0?\.\d+, above 0\.15$/ : /^redundancy [<\d.]+$/,
      );
    }
  }
  await app
    .row(0)
    .getByRole("button", { name: /^Step 1/ })
    .click();
  await expect(app.detail.getByText("redundancy", { exact: true })).toBeVisible();
  await expect(app.detail.getByText("above 0.15", { exact: true })).toBeVisible();
});

test("a model of whole trajectories says what its numbers are", async ({ app, page }) => {
  const [first] = await serveConverted(page, "tiny-reasonflux-prm-1.5b");
  await app.openReady({ model: "tiny-reasonflux-prm-1.5b", device: "wasm" });
  const { problem, steps, rewards } = first as ExpectedCase;
  await app.score(problem, joinSteps(steps));
  expectRewards(await app.rewards(), rewards, 0.001);
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText(
    "This model scores whole trajectories. A step's number is the score of the text up to that step.",
  );
});

test("a model that cannot run is refused with the reason, and nothing of it is fetched", async ({
  app,
  page,
}) => {
  const fetched: string[] = [];
  await page.context().route("https://huggingface.co/**", (route) => {
    fetched.push(route.request().url());
    return route.abort();
  });
  await app.open({ model: "GenPRM/GenPRM-1.5B" });
  await app.model.getByRole("button", { name: "Load GenPRM/GenPRM-1.5B" }).click();
  await expect(app.alerts).toHaveText(
    /^GenPRM is not supported: it writes a critique of every step and has no reward head\. /,
  );
  expect(fetched).toEqual([]);
});
