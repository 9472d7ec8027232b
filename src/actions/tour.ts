import { tourStore } from "../state/tour.ts";
import { openExample } from "./gallery.ts";
import { restorePanes } from "./panes.ts";

/** A chain with thinking, a response, and an error that both keep. */
const TOUR_EXAMPLE = "paint-think-wrong";

export function openTour(): void {
  openExample(TOUR_EXAMPLE);
  // A pane that has the page to itself would hide what the cards point at.
  restorePanes();
  tourStore.setState({ card: 0 });
}

export function turnCard(card: number): void {
  tourStore.setState({ card });
}

export function closeTour(): void {
  tourStore.setState({ card: undefined });
}
