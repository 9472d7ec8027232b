/** axe finds nothing serious on any state of the page, in any theme. */
import AxeBuilder from "@axe-core/playwright";
import { type App, expect, TINY, test } from "./app.ts";
import { dropFiles, PROCESSBENCH_ROWS, toJsonl } from "./data-files.ts";

const STATES: Readonly<Record<string, (app: App) => Promise<void>>> = {
  empty: (app) => app.open(),
  preview: async (app) => {
    await app.open();
    await app.write("2 + 2?", "<think>\nIt is 4.\n</think>\n\nThe answer is 4.");
  },
  scored: (app) => app.open({ hash: "#example=trip-long" }),
  "scored here": async (app) => {
    await app.openReady({ model: TINY, device: "wasm" });
    await app.score("2 + 2?", "It is 4.\n\nThe answer is 4.");
  },
  editing: async (app) => {
    await app.open({ hash: "#example=rice-profit" });
    await app.idle();
    await app.page.keyboard.press("e");
  },
  candidates: async (app) => {
    await app.open();
    await app.page.getByRole("button", { name: "Candidates" }).click();
  },
  "candidates scored, narrow": async (app) => {
    const { page } = app;
    await page.setViewportSize({ width: 380, height: 800 });
    await app.openReady({ model: TINY, device: "wasm" });
    await page.getByRole("button", { name: "Candidates", exact: true }).click();
    await page.getByRole("button", { name: "Try an example" }).click();
    await page.getByRole("button", { name: "Score 6 candidates" }).click();
    await expect(page.getByText("6 of 6 candidates scored.")).toBeVisible();
    // What scrolls is reached with the keyboard, whatever is in it.
    const table = page.getByRole("region", { name: "Table of the candidates" });
    await expect(table).toHaveAttribute("tabindex", "0");
    await expect(table).toHaveAttribute("data-hidden", "right");
    await page.getByText("As a group of GRPO").click();
    await expect(page.getByRole("region", { name: "Table of rewards and advantages" })).toBeVisible();
  },
  records: async (app) => {
    await app.open();
    await app.idle();
    await dropFiles(app.page, [{ name: "gsm8k.jsonl", text: `${toJsonl(PROCESSBENCH_ROWS)}{"cut` }]);
    await app.idle();
    await app.page.getByText("1 row could not be read").click();
  },
  models: async (app) => {
    await app.open();
    await app.page.getByRole("button", { name: "Models" }).click();
  },
  pinned: async (app) => {
    await app.open({ hash: "#example=rice-profit" });
    await app.page.getByRole("button", { name: "Pin to compare" }).click();
    await app.page.getByRole("button", { name: "Compare", exact: true }).click();
  },
  keys: async (app) => {
    await app.open();
    await app.idle();
    await app.page.keyboard.press("?");
  },
  palette: async (app) => {
    await app.open();
    await app.idle();
    await app.page.keyboard.press("Control+k");
  },
  tour: async (app) => {
    await app.open();
    await app.page.getByRole("button", { name: /Take the tour/ }).click();
  },
};

for (const [name, show] of Object.entries(STATES)) {
  test(`${name}: nothing serious for axe`, async ({ app, page }) => {
    await show(app);
    await app.idle();
    for (const theme of ["light", "dark", "contrast"]) {
      await page.evaluate((value) => document.documentElement.setAttribute("data-theme", value), theme);
      const axe = new AxeBuilder({ page });
      // Another theme changes colours alone.
      const { violations } = await (theme === "light" ? axe : axe.withRules(["color-contrast"])).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      const found = serious.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
      );
      expect(found, theme).toEqual([]);
    }
  });
}
