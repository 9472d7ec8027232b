import { expect, it } from "vitest";
import { comboKeys, matchesCombo } from "./key-combo.ts";

const press = (
  key: string,
  held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

it.each([
  ["j", press("j"), true],
  ["j", press("J", { shiftKey: true }), false],
  ["j", press("j", { ctrlKey: true }), false],
  ["?", press("?", { shiftKey: true }), true],
  ["/", press("/"), true],
  ["mod+z", press("z", { metaKey: true }), true],
  ["mod+z", press("Z", { ctrlKey: true, shiftKey: true }), false],
  ["mod+shift+z", press("Z", { ctrlKey: true, shiftKey: true }), true],
  ["alt+ArrowUp", press("ArrowUp", { altKey: true }), true],
  [" ", press(" "), true],
])("%s against a press", (combo, pressed, is) => {
  expect(matchesCombo(combo, pressed)).toBe(is);
});

it("names keys as keyboards do", () => {
  expect(comboKeys("mod+shift+z")).toEqual(["Ctrl", "Shift", "Z"]);
  expect(comboKeys("alt+ArrowUp")).toEqual(["Alt", "↑"]);
  expect(comboKeys(" ")).toEqual(["Space"]);
  expect(comboKeys("j")).toEqual(["j"]);
});
