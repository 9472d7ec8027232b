import { expect, it } from "vitest";
import { comboKeys } from "../../ui/key-combo.ts";
import { COMMANDS } from "./index.ts";

it("binds no combination twice and names no command twice", () => {
  const combos = COMMANDS.flatMap(({ keys }) => keys.map((combo) => comboKeys(combo).join(" ")));
  expect(new Set(combos).size).toBe(combos.length);
  const names = COMMANDS.flatMap(({ id, label }) => [id, label]);
  expect(new Set(names).size).toBe(names.length);
});

it("gives each command a key or a name that says what it does", () => {
  for (const { id, label } of COMMANDS) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(label).toMatch(/^[A-Z]/);
  }
});
