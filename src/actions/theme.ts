import { type Theme, viewStore } from "../state/view-state.ts";

const KEY = "stepscope-theme";

function apply(theme: Theme): void {
  if (theme === "system") {
    document.documentElement.removeAttribute("data-theme");
  } else {
    document.documentElement.setAttribute("data-theme", theme);
  }
  viewStore.setState({ theme });
}

/** Storage may be forbidden; the theme then lasts as long as the page. */
export function setTheme(theme: Theme): void {
  apply(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Nothing to do: see above.
  }
}

export function restoreTheme(): void {
  try {
    const stored = localStorage.getItem(KEY);
    if (stored === "light" || stored === "dark" || stored === "contrast") {
      apply(stored);
    }
  } catch {
    // Nothing to do: see above.
  }
}
