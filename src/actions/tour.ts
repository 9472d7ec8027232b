import { tourStore } from "../state/tour.ts";
import { openExample } from "./gallery.ts";

/** A chain with thinking, a response, and an error that both keep. */
const TOUR_EXAMPLE = "paint-think-wrong";

export function openTour(): void {
  openExample(TOUR_EXAMPLE);
  tourStore.setState({ card: 0 });
}

export function turnCard(card: number): void {
  tourStore.setState({ card });
}

export function closeTour(): void {
  tourStore.setState({ card: undefined });
}
