import { createRoot } from "react-dom/client";
import { boot } from "./actions/boot.ts";
import type { ActionContext } from "./actions/context.ts";
import { followHash } from "./actions/gallery.ts";
import { idle, track } from "./actions/in-flight.ts";
import { keepText } from "./actions/keep-text.ts";
import { restoreTheme } from "./actions/theme.ts";
import { App } from "./app.tsx";
import { assertDefined } from "./core/assert.ts";
import type { DeviceId } from "./core/scorer.ts";
import { engineStore, idle as idleEngine, isHubModel } from "./state/engine-status.ts";
import "./ui/theme.css";
import { openScorer } from "./worker/open-scorer.ts";

declare global {
  interface Window {
    /** For tests: resolves when the page has come to rest. */
    stepscope?: { readonly idle: () => Promise<void> };
  }
}

const EMBEDDED_MODEL = "stepscope-prm";
const WEB_DEVICES: readonly DeviceId[] = ["webgpu", "wasm"];

function createContext(query: URLSearchParams): ActionContext {
  const id = query.get("model") ?? EMBEDDED_MODEL;
  const model = isHubModel(id) ? { id } : { id, location: new URL(`models/${id}/`, document.baseURI).href };
  const device = WEB_DEVICES.find((known) => known === query.get("device"));
  return { scorer: openScorer(), model, ...(device === undefined ? {} : { device }) };
}

const query = new URLSearchParams(location.search);
const isTesting = query.get("testing") === "1";
const context = createContext(query);
engineStore.setState(idleEngine(context.model.id), true);
restoreTheme();
keepText();
if (isTesting) {
  document.documentElement.setAttribute("data-testing", "");
}

createRoot(assertDefined(document.getElementById("root"), "#root")).render(
  <App context={context} isTesting={isTesting} />,
);

/** After the first paint, so that nothing competes with it. */
const started = new Promise<void>((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
}).then(() => boot(context));
track(started);
window.addEventListener("popstate", followHash);
window.addEventListener("hashchange", followHash);
if (isTesting) {
  window.stepscope = { idle };
}

// Keeps the page for visits without a network; `vite dev` has no service worker to register. Not after the
// model: a page that looks ready should be.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("sw.js").catch(() => undefined);
  });
}
