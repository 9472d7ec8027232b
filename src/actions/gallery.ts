/** Opens gallery chains: fields, scores and page at once, with no model. */
import { segmentTrace } from "../core/segment/index.ts";
import { stepRewards } from "../core/verdict.ts";
import type { GalleryEntry } from "../gallery/index.ts";
import { galleryStore } from "../state/gallery.ts";
import { traitsOf } from "../state/inspection.ts";
import type { Place } from "../state/location-hash.ts";
import { runsStore, showExample } from "../state/runs.ts";
import { applyPlace, leaveRun, viewStore } from "../state/view-state.ts";
import { leaveExample, type Source, workspaceStore } from "../state/workspace.ts";
import { pushPlace, readPlace, replacePlace } from "./address.ts";
import type { ActionContext } from "./context.ts";
import { closeCover } from "./cover.ts";
import { track } from "./in-flight.ts";
import { selectVerdictStep, showStep } from "./navigate.ts";
import { closeOverlay } from "./overlay.ts";
import { isPageThere, openPage } from "./pages.ts";
import { showRemembered } from "./places.ts";
import { bringBackText, putText } from "./put-text.ts";
import { abandonRun, clearRun } from "./score.ts";
import { settleDraft } from "./step-draft.ts";

let entries: readonly GalleryEntry[] = [];

function entryById(id: string | undefined): GalleryEntry | undefined {
  return entries.find((entry) => entry.id === id);
}

/** Loads the entries once; they are a chunk of their own so that the page paints first. */
export async function loadGallery(): Promise<void> {
  try {
    entries = (await track(import("../gallery/index.ts"))).GALLERY;
    const cards = entries.map(({ id, title, kind, note, threshold, scored, protocol }) => ({
      id,
      title,
      kind,
      note,
      threshold,
      range: traitsOf({ protocol }).range,
      rewards: stepRewards(scored),
    }));
    galleryStore.setState({ kind: "ready", cards }, true);
  } catch {
    galleryStore.setState({ kind: "failed" }, true);
  }
}

function show(entry: GalleryEntry): void {
  const source: Source = {
    problem: entry.problem,
    chain: entry.chain,
    strategy: entry.strategy,
    delimiter: "",
    own: [],
  };
  const { problem, chain, steps } = segmentTrace(source);
  const example = { id: entry.id, title: entry.title };
  abandonRun();
  putText(source, example);
  const { modelId: modelKey, protocol, threshold } = entry;
  runsStore.setState(
    showExample(source, { problem, chain, steps }, entry.scored, { example, modelKey, protocol, threshold }),
    true,
  );
  viewStore.setState(leaveRun);
}

export function openExample(id: string): void {
  const entry = entryById(id);
  if (entry === undefined) {
    return;
  }
  show(entry);
  selectVerdictStep();
  pushPlace();
}

/** Brings the page to the place in the address: on start, and on Back and Forward. */
export function followHash(ctx: ActionContext): void {
  const place: Place = readPlace();
  closeOverlay();
  if (!showRemembered()) {
    showNamed(entryById(place.example));
  }
  const count = runsStore.getState().current?.trace.steps.length ?? 0;
  const step = place.step !== undefined && place.step < count ? place.step : undefined;
  viewStore.setState((state) => applyPlace(state, { ...place, step }));
  if (step !== undefined) {
    showStep(step);
  }
  selectVerdictStep();
  if (place.page !== undefined && isPageThere(place.page)) {
    openPage(ctx, place.page);
  } else {
    closeCover();
  }
  replacePlace();
}

/** Shows the example that an address names; from one that names none Back returns to one's own text, or the gallery. */
function showNamed(entry: GalleryEntry | undefined): void {
  const shown = runsStore.getState().current?.example?.id;
  if (entry !== undefined && entry.id !== shown) {
    show(entry);
  } else if (entry === undefined && shown !== undefined) {
    settleDraft();
    clearRun();
    workspaceStore.setState(leaveExample, true);
    bringBackText();
  }
}
