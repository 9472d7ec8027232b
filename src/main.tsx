import { createRoot } from "react-dom/client";
import { followLanes } from "./actions/align-lanes.ts";
import { boot } from "./actions/boot.ts";
import { recallModel } from "./actions/choose-model.ts";
import { followComparison } from "./actions/compare.ts";
import type { ActionContext } from "./actions/context.ts";
import { followRun } from "./actions/follow-run.ts";
import { followHash } from "./actions/gallery.ts";
import { idle, track } from "./actions/in-flight.ts";
import { keepEdits } from "./actions/keep-edits.ts";
import { createPageKeeper } from "./actions/keep-page.ts";
import { keepText } from "./actions/keep-text.ts";
import { openKeptStore } from "./actions/kept-store.ts";
import { followNames } from "./actions/list-models.ts";
import { recallWays } from "./actions/load-fastest.ts";
import { followPages } from "./actions/pages.ts";
import { recallPanes } from "./actions/panes.ts";
import { followPlaces } from "./actions/places.ts";
import { restoreTheme } from "./actions/theme.ts";
import { App } from "./app.tsx";
import { assertDefined } from "./core/assert.ts";
import { isRepositoryName } from "./core/model-name.ts";
import type { DeviceId, ModelRef } from "./core/scorer.ts";
import { engineStore, idle as idleEngine } from "./state/engine-status.ts";
import { EMBEDDED_MODEL, modelChoiceStore } from "./state/model-choice.ts";
import "./ui/theme.css";
import "./ui/print.css";
import "./ui/system-colours.css";
import { openIntake } from "./worker/open-intake.ts";
import { openLaneAligner } from "./worker/open-lane-aligner.ts";
import { openLibrary } from "./worker/open-library.ts";
import { openPatternSearch } from "./worker/open-pattern-search.ts";
import { openScorer } from "./worker/open-scorer.ts";

declare global {
  interface Window {
    /** For tests: resolves when the page has come to rest. */
    stepscope?: { readonly idle: () => Promise<void> };
  }
}

const WEB_DEVICES: readonly DeviceId[] = ["webgpu", "wasm"];

/** A model whose folder is served beside the page. */
function servedModel(id: string): ModelRef {
  return { id, location: new URL(`models/${encodeURIComponent(id)}/`, document.baseURI).href };
}

/** What the address names (a folder's name, or `owner/name` on the Hub), the last stored choice, or the page's own. */
function initialModel(query: URLSearchParams): ModelRef {
  const named = query.get("model");
  if (named === null) {
    return recallModel() ?? servedModel(EMBEDDED_MODEL);
  }
  return isRepositoryName(named) ? { id: named } : servedModel(named);
}

function createContext(query: URLSearchParams): ActionContext {
  const device = WEB_DEVICES.find((known) => known === query.get("device"));
  return {
    scorer: openScorer(),
    library: openLibrary(),
    intake: openIntake(),
    patterns: openPatternSearch(),
    lanes: openLaneAligner(),
    embedded: servedModel(EMBEDDED_MODEL),
    ...(device === undefined ? {} : { device }),
  };
}

const query = new URLSearchParams(location.search);
const isTesting = query.get("testing") === "1";
const context = createContext(query);
modelChoiceStore.setState(initialModel(query), true);
engineStore.setState(idleEngine(modelChoiceStore.getState().id), true);
restoreTheme();
recallWays();
recallPanes();
keepText();
keepEdits();
followRun(context);
followLanes(context);
followNames(context);
followPages();
followComparison();
followPlaces();
if (isTesting) {
  document.documentElement.setAttribute("data-testing", "");
}

createRoot(assertDefined(document.getElementById("root"), "#root")).render(
  <App context={context} isTesting={isTesting} />,
);

/** After the first paint, so that nothing competes with it. */
const started = new Promise<void>((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
}).then(() => boot(context, createPageKeeper(openKeptStore())));
track(started);
window.addEventListener("popstate", () => followHash(context));
window.addEventListener("hashchange", () => followHash(context));
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
