/** How the run is looked at. What the URL hash encodes is read from there; see `location-hash.ts`. */
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { createStore } from "zustand/vanilla";
import { type AggregateId, ALPHA } from "../core/aggregate/index.ts";
import type { Probability, StepIndex } from "../core/units.ts";
import type { Cover } from "./cover.ts";
import type { Place } from "./location-hash.ts";
import type { StepOrder } from "./reading.ts";

/** The step whose text is a field, or behind which a new one is written. */
export interface Editing {
  readonly kind: "edit" | "insert";
  readonly index: StepIndex;
  /** What is typed there, and the step's text that it was begun on; absent: nothing yet. */
  readonly draft?: { readonly text: string; readonly of: string };
}

/** What has the keyboard for itself for a while. */
export type Overlay = "keys" | "palette";

export type Theme = "system" | "light" | "dark" | "contrast";

/** What stands where the steps are: their list, or the ribbons from thinking to response. */
export type StepsView = "list" | "ribbons";

/** Who asked for the selection: the list scrolls to it unless it came from the list itself. */
export type SelectionOrigin = "list" | "chart" | "keys" | "verdict" | "find" | "page";

export interface ViewState {
  /** The locked step. */
  readonly selected: StepIndex | undefined;
  readonly selectedFrom: SelectionOrigin;
  /** The step under the pointer, and in which pane the pointer is. */
  readonly hovered: { readonly index: StepIndex; readonly pane: "list" | "chart" } | undefined;
  readonly editing: Editing | undefined;
  /** Absent: the model's own. */
  readonly threshold: Probability | undefined;
  /** Absent: the run's own; see `aggregateOf`. */
  readonly aggregate: AggregateId | undefined;
  readonly alpha: number;
  readonly usesSteps: boolean;
  readonly usesTrajectory: boolean;
  readonly showsHeat: boolean;
  readonly stepsView: StepsView;
  /** Mathematics and code of steps as they are written. */
  readonly showsRaw: boolean;
  /** Of the list. */
  readonly stepOrder: StepOrder;
  /** What covers the run, if anything does. */
  readonly cover: Cover | undefined;
  readonly overlay: Overlay | undefined;
  readonly theme: Theme;
}

export const INITIAL_VIEW: ViewState = {
  selected: undefined,
  selectedFrom: "page",
  hovered: undefined,
  editing: undefined,
  threshold: undefined,
  aggregate: undefined,
  alpha: ALPHA.default,
  usesSteps: true,
  usesTrajectory: true,
  showsHeat: true,
  stepsView: "list",
  showsRaw: false,
  stepOrder: "chain",
  cover: undefined,
  overlay: undefined,
  theme: "system",
};

export function selectStep(state: ViewState, index: StepIndex | undefined, from: SelectionOrigin): ViewState {
  return { ...state, selected: index, selectedFrom: from, hovered: undefined };
}

export function hoverStep(state: ViewState, hovered: ViewState["hovered"]): ViewState {
  const isSame = state.hovered?.index === hovered?.index && state.hovered?.pane === hovered?.pane;
  return isSame ? state : { ...state, hovered };
}

/** Forgets what belonged to the last run; keeps the reader's settings. */
export function leaveRun(state: ViewState): ViewState {
  return {
    ...state,
    selected: undefined,
    selectedFrom: "page",
    hovered: undefined,
    editing: undefined,
    stepOrder: "chain",
    stepsView: "list",
    cover: undefined,
  };
}

/** Takes what the URL says; the reader's other settings stay. */
export function applyPlace(state: ViewState, place: Place): ViewState {
  return {
    ...state,
    selected: place.step,
    selectedFrom: "page",
    threshold: place.threshold,
    aggregate: place.aggregate ?? state.aggregate,
  };
}

export const viewStore = createStore<ViewState>()(() => INITIAL_VIEW);

export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(viewStore, select);
}

/** How an aggregate is computed, as far as the reader chooses. */
export type AggregateSettings = Pick<ViewState, "alpha" | "usesSteps" | "usesTrajectory">;

/** The same object until one of them changes. */
export function useAggregateSettings(): AggregateSettings {
  return useView(
    useShallow(({ alpha, usesSteps, usesTrajectory }) => ({ alpha, usesSteps, usesTrajectory })),
  );
}
