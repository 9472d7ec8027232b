/** Everything that has a key or a line in the palette, in the order of both. */
import { CHAIN_COMMANDS } from "./chains.ts";
import type { Command } from "./command.ts";
import { EDITING_COMMANDS } from "./editing.ts";
import { PAGE_COMMANDS } from "./page.ts";
import { READING_COMMANDS } from "./reading.ts";
import { STEP_COMMANDS } from "./steps.ts";
import { TRAVEL_COMMANDS } from "./travel.ts";

export const COMMANDS: readonly Command[] = [
  ...STEP_COMMANDS,
  ...TRAVEL_COMMANDS,
  ...READING_COMMANDS,
  ...EDITING_COMMANDS,
  ...CHAIN_COMMANDS,
  ...PAGE_COMMANDS,
];
