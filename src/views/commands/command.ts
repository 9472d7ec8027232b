import type { ActionContext } from "../../actions/context.ts";

/** Headings of the overlay and of the palette, in their order. */
export const GROUPS = ["Steps", "Timeline", "Reading", "Editing", "Page"] as const;

/** Something a person can do, by its keys or from the palette. */
export interface Command {
  /** Stable, kebab-case. */
  readonly id: string;
  readonly group: (typeof GROUPS)[number];
  /** For people, beginning with a verb. */
  readonly label: string;
  /** Combinations that do it; see `key-combo.ts`. */
  readonly keys: readonly string[];
  /** Shown above the step list with this word. */
  readonly hint?: string;
  /** Whether its keys work in a field as well. */
  readonly worksInFields?: boolean;
  /** Where it is not possible, its keys are left to the browser. */
  readonly sharesKeys?: boolean;
  /** Absent: always. */
  readonly isPossible?: () => boolean;
  readonly run: (ctx: ActionContext) => void;
}
