/** From thinking to response: which thought each step came from, what does not follow, and why there may be nothing. */
import { type App, expect, test } from "../app.ts";

function viewOf(app: App) {
  return app.page.getByRole("region", { name: "Thinking to response" });
}

test("ribbons join thoughts and response, and lead to the steps that do not follow", async ({
  app,
  page,
}) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=paint-think-wrong" });
  await app.steps.getByRole("button", { name: "Thinking to response" }).click();
  const view = viewOf(app);
  const wall = view.getByRole("button", {
    name: "Step 5, response, from thoughts 1 and 2, rests on a thought below",
  });
  await expect(wall).toBeVisible();
  await expect(view.getByRole("button", { name: "Step 3, thinking, in response step 6" })).toBeVisible();
  await expect(view.locator("[data-ribbon='1 4']")).toBeVisible();
  await expect(page.getByTestId("ribbon-faults")).toContainText(
    "3 response steps rest on a thought below the threshold:step 5step 7step 8",
  );
  // What is pointed at stands out.
  const opacity = (ribbon: string) => view.locator(`[data-ribbon='${ribbon}']`).getAttribute("fill-opacity");
  await page.mouse.move(0, 0);
  const atRest = Number(await opacity("3 7"));
  await wall.hover();
  await expect.poll(async () => Number(await opacity("1 4"))).toBeGreaterThan(atRest);
  await expect.poll(async () => Number(await opacity("3 7"))).toBeLessThan(atRest);

  // By keys alone: the rows are buttons, and the detail follows.
  await wall.focus();
  await page.keyboard.press("Enter");
  await expect(app.detail.getByRole("heading", { name: "Step 5" })).toBeVisible();
  await page.getByTestId("ribbon-faults").getByRole("button", { name: "step 7" }).click();
  await expect(app.detail.getByRole("heading", { name: "Step 7" })).toBeVisible();
  await page.keyboard.press("t");
  await expect(app.lockedRow).toHaveAttribute("data-step-index", "6");
});

test("a row shows two lines of its step, and none of them is cut where there is room", async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=paint-think-wrong" });
  await app.steps.getByRole("button", { name: "Thinking to response" }).click();
  const row = viewOf(app).locator("[data-step-index='2']");
  const words = row.getByText(/^Each wall needs two coats/);
  await expect(words).toHaveText(
    "Each wall needs two coats, so 62 * 2 = 124 square meters have to be covered.",
  );
  expect(await words.evaluate((text) => text.scrollHeight - text.clientHeight)).toBe(0);
  const [outer, inner] = [await row.boundingBox(), await words.boundingBox()];
  expect(inner?.y ?? 0).toBeGreaterThanOrEqual(outer?.y ?? 0);
  expect((inner?.y ?? 0) + (inner?.height ?? 0)).toBeLessThanOrEqual((outer?.y ?? 0) + (outer?.height ?? 0));
});

test("a chain of one lane is told why it has no ribbons", async ({ app, page }) => {
  await page.route("**/models/**", () => undefined);
  await app.open({ hash: "#example=rice-profit" });
  await expect(app.row(0)).toBeVisible();
  await expect(app.steps.getByRole("button", { name: "Thinking to response" })).toHaveCount(0);
  await page.keyboard.press("t");
  await expect(viewOf(app)).toContainText("This chain has a response only.");
  await viewOf(app).getByRole("button", { name: "Back to the steps" }).click();
  await expect(app.row(0)).toBeVisible();
});

test("thoughts and response of a chain scored here", async ({ app, page }) => {
  await app.openReady({ device: "wasm" });
  await app.score(
    "A box holds 6 red pens and 9 blue pens. How many pens are in 4 boxes?",
    "<think>\nEach box has 6 + 9 = 15 pens.\n\nSo 4 boxes have 4 * 15 = 60 pens.\n</think>\n\nA box has 6 + 9 = 15 pens, so there are 60 pens.\n\nElephants never forget anything.",
  );
  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  const view = viewOf(app);
  await expect(
    view.getByRole("button", { name: "Step 4, response, from no thought, has no support" }),
  ).toBeVisible();
  await expect(view.locator("[data-fault=no-support]")).toHaveCount(1);
  await expect(view.locator("[data-ribbon='0 2']")).toBeVisible();
});

test("what takes long says so, and can be tried again where its thread could not be had", async ({
  app,
  page,
}) => {
  await page.route("**/models/**", () => undefined);
  let refuse: () => Promise<void> = () => Promise.resolve();
  await page.route("**/lanes.worker*", (route) => {
    refuse = () => route.abort();
  });
  await app.open({ hash: "#example=paint-think-wrong" });
  await app.steps.getByRole("button", { name: "Thinking to response" }).click();
  const view = viewOf(app);
  await expect(view.getByRole("status")).toHaveText(
    "Reading which of 4 thoughts each of 4 response steps came from …",
  );
  await refuse();
  await expect(view.getByRole("alert")).toContainText("could not be aligned");
  await page.unroute("**/lanes.worker*");
  await view.getByRole("button", { name: "Try again" }).click();
  await expect(view.locator("[data-ribbon='1 4']")).toBeVisible();
});
