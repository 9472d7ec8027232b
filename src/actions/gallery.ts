/** Opens gallery chains: fields, scores and page at once, with no model. */
import { segmentTrace } from "../core/segment/index.ts";
import { type GalleryEntry, galleryStore } from "../state/gallery.ts";
import type { Place } from "../state/location-hash.ts";
import { runsStore, showExample } from "../state/runs.ts";
import { applyPlace, leaveRun, viewStore } from "../state/view-state.ts";
import { replaceSource, type Source, workspaceStore } from "../state/workspace.ts";
import { track } from "./in-flight.ts";
import { pushPlace, readPlace, selectWorst, writeHash } from "./navigate.ts";
import { clearRun, stopScoring } from "./score.ts";

/** Loads the entries once; they are a chunk of their own so that the page paints first. */
export async function loadGallery(): Promise<void> {
  try {
    const { GALLERY } = await track(import("../gallery/index.ts"));
    galleryStore.setState({ kind: "ready", entries: GALLERY }, true);
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
  };
  const { problem, chain, steps } = segmentTrace(source);
  const example = { id: entry.id, title: entry.title };
  stopScoring();
  workspaceStore.setState((state) => replaceSource(state, source, example), true);
  const of = { example, modelId: entry.modelId };
  runsStore.setState(showExample(source, { problem, chain, steps }, entry.scored, of), true);
  viewStore.setState(leaveRun);
}

export function openExample(entry: GalleryEntry): void {
  show(entry);
  selectWorst();
  pushPlace();
}

/** Brings the page to the place in the address: on start, and on Back and Forward. */
export function followHash(): void {
  const place: Place = readPlace();
  const gallery = galleryStore.getState();
  const entry = gallery.kind === "ready" ? gallery.entries.find(({ id }) => id === place.example) : undefined;
  const shown = runsStore.getState().current?.example?.id;
  if (entry !== undefined && entry.id !== shown) {
    show(entry);
  } else if (entry === undefined && shown !== undefined) {
    clearRun();
  }
  const count = runsStore.getState().current?.trace.steps.length ?? 0;
  const step = place.step !== undefined && place.step < count ? place.step : undefined;
  viewStore.setState((state) => applyPlace(state, { ...place, step }));
  selectWorst();
  writeHash();
}
