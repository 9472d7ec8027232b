/** Thinking and response, told apart by tags that are whole, half missing or never closed. */
import { expect, test } from "../app.ts";

const PROBLEM = "Nora has 12 apples and gives away 5. How many are left?";
const THOUGHTS = ["She starts with 12 apples.", "12 - 5 = 7, so 7 are left."] as const;
const ANSWERS = ["Nora gives away 5 of her 12 apples.", "The answer is 7."] as const;
const THINKING = THOUGHTS.join("\n\n");
const RESPONSE = ANSWERS.join("\n\n");

for (const { name, chain, words, lanes } of [
  {
    name: "complete tags",
    chain: `<think>\n${THINKING}\n</think>\n\n${RESPONSE}`,
    words: "4 steps: 2 thinking, 2 response",
    lanes: ["thinking", "thinking", "response", "response"],
  },
  {
    name: "a missing opening tag",
    chain: `${THINKING}\n</think>\n\n${RESPONSE}`,
    words:
      "4 steps: 2 thinking, 2 response (the opening <think> is missing, so all before </think> is thinking)",
    lanes: ["thinking", "thinking", "response", "response"],
  },
  {
    name: "a tag that is never closed",
    chain: `${ANSWERS[0]}\n\n<think>\n${THINKING}`,
    words: "3 steps: 2 thinking, 1 response (<think> is never closed, so all after it is thinking)",
    lanes: ["response", "thinking", "thinking"],
  },
]) {
  test(`${name}: both lanes are named and scored`, async ({ app, page }) => {
    await app.openReady({ device: "wasm" });
    await app.write(PROBLEM, chain);
    await expect(page.getByText(words, { exact: true })).toBeVisible();
    await app.scoreAgain();
    const rows = await app.rows();
    const steps = lanes[0] === "response" ? [ANSWERS[0], ...THOUGHTS] : [...THOUGHTS, ...ANSWERS];
    expect(rows.map((row) => row.text)).toEqual(steps);
    expect(rows.map((row) => typeof row.reward)).toEqual(lanes.map(() => "number"));
    for (const [index, lane] of lanes.entries()) {
      // A lane is named where it begins, and in the detail of each of its steps.
      const heading = lane === "thinking" ? "Thinking" : "Response";
      expect(rows[index]?.words.startsWith(heading)).toBe(lane !== lanes[index - 1]);
      await app.row(index).click();
      await expect(app.detail.getByText(lane, { exact: true })).toBeVisible();
    }
    await expect(app.chart).toContainText("Thinking");
    await expect(app.chart).toContainText("Response");
  });
}
