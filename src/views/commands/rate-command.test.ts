import { expect, it } from "vitest";
import { COMMANDS } from "./index.ts";
import { rateCommand } from "./rate-command.ts";

function best(typed: string): string | undefined {
  const rated = COMMANDS.map(({ label }) => ({ label, rate: rateCommand(label, typed) }));
  return rated.filter(({ rate }) => rate > 0).sort((a, b) => b.rate - a.rate)[0]?.label;
}

it.each([
  ["dark", "Theme: dark"],
  ["theme d", "Theme: dark"],
  ["light", "Theme: light"],
  ["undo", /^Undo/],
])("%s leads to %s", (typed, label) => {
  expect(best(typed)).toMatch(label);
});

it("finds nothing by letters here and there", () => {
  expect(best("print")).toBeUndefined();
  expect(best("zzz")).toBeUndefined();
});

it("finds every command by its own label", () => {
  for (const { label } of COMMANDS) {
    expect(rateCommand(label, label), label).toBeGreaterThan(0);
  }
});
