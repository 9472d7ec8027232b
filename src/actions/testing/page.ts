import { vi } from "vitest";

/** What actions use of a browser's window, where there is none. */
export function stubPage(): void {
  vi.stubGlobal("requestAnimationFrame", (callback: () => void) => setTimeout(callback));
  vi.stubGlobal("cancelAnimationFrame", clearTimeout);
  vi.stubGlobal("location", { hash: "", pathname: "/", search: "" });
  vi.stubGlobal("history", { state: null, replaceState: vi.fn(), pushState: vi.fn() });
}
