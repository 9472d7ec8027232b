import { beforeEach, expect, it, vi } from "vitest";
import { panesStore } from "../state/panes.ts";
import { keepPanes, recallPanes, resize } from "./panes.ts";

const kept = new Map<string, string>();
const setItem = vi.fn((key: string, value: string) => void kept.set(key, value));

beforeEach(() => {
  kept.clear();
  setItem.mockClear();
  vi.stubGlobal("localStorage", { getItem: (key: string) => kept.get(key) ?? null, setItem });
});

it("writes the widths down when they are to be kept, not with every move of a drag", () => {
  for (let width = 300; width <= 400; width += 1) {
    resize("input", width);
  }
  expect(panesStore.getState().input).toBe(400);
  expect(setItem).not.toHaveBeenCalled();
  keepPanes();
  expect(setItem).toHaveBeenCalledTimes(1);
  resize("input", 500);
  recallPanes();
  expect(panesStore.getState().input).toBe(400);
});
