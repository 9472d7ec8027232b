import { goToDisagreement, goToWrong, toggleRaw, toggleRibbons } from "../../actions/read-chain.ts";
import { READING_KEYS } from "../reading-keys.ts";
import type { Command } from "./command.ts";
import { hasRun } from "./has-run.ts";

export const READING_COMMANDS: readonly Command[] = [
  {
    id: "first-drop",
    group: "Reading",
    label: "Go to the first drop",
    keys: [READING_KEYS.drop],
    isPossible: hasRun,
    run: () => goToWrong("drop", "keys"),
  },
  {
    id: "no-return",
    group: "Reading",
    label: "Go to the point of no return",
    keys: [READING_KEYS["no-return"]],
    isPossible: hasRun,
    run: () => goToWrong("no-return", "keys"),
  },
  {
    id: "recovered-dip",
    group: "Reading",
    label: "Go to the next recovered dip",
    keys: [READING_KEYS.recovered],
    isPossible: hasRun,
    run: () => goToWrong("recovered", "keys"),
  },
  {
    id: "disagreement",
    group: "Reading",
    label: "Go to the next step where model and arithmetic disagree",
    keys: [READING_KEYS.disagreement],
    isPossible: hasRun,
    run: () => goToDisagreement("keys"),
  },
  {
    id: "raw-text",
    group: "Reading",
    label: "Show mathematics and code typeset, or as they are written",
    keys: [READING_KEYS.raw],
    run: toggleRaw,
  },
  {
    id: "ribbons",
    group: "Reading",
    label: "Show which thought each response step came from",
    keys: [READING_KEYS.ribbons],
    isPossible: hasRun,
    run: toggleRibbons,
  },
];
