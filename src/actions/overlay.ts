import { type Overlay, viewStore } from "../state/view-state.ts";

export function openOverlay(overlay: Overlay): void {
  viewStore.setState({ overlay });
}

export function closeOverlay(): void {
  viewStore.setState({ overlay: undefined });
}
