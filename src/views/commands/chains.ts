import { closeFile } from "../../actions/close-file.ts";
import { canMoveRecord, moveRecord } from "../../actions/show-record.ts";
import { collectionStore } from "../../state/collection.ts";
import type { Command } from "./command.ts";

/** Ways over the chains of a file. */
export const CHAIN_COMMANDS: readonly Command[] = [
  {
    id: "next-chain",
    group: "Page",
    label: "Go to the next chain",
    keys: ["]"],
    isPossible: () => canMoveRecord(1),
    run: () => moveRecord(1),
  },
  {
    id: "previous-chain",
    group: "Page",
    label: "Go to the previous chain",
    keys: ["["],
    isPossible: () => canMoveRecord(-1),
    run: () => moveRecord(-1),
  },
  {
    id: "close-file",
    group: "Page",
    label: "Close the file",
    keys: [],
    isPossible: () => {
      const { records, reading } = collectionStore.getState();
      return records.length > 1 && reading === undefined;
    },
    run: closeFile,
  },
];
