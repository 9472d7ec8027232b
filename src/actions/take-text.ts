/** Text that arrives by drop or paste, anywhere on the page. */
import { MAX_CHAIN_CHARS } from "../core/chain-record.ts";
import { AppError } from "../core/errors.ts";
import { type ReadText, readText } from "../formats/read-text.ts";
import { text as plainText } from "../formats/text.ts";
import { collectionStore, readAtOnce } from "../state/collection.ts";
import type { ActionContext } from "./context.ts";
import { keepFiles, present, refuse, takeFiles } from "./take-files.ts";

const NAME = "Pasted text";

function asFile(text: string): File {
  return new File([text], NAME);
}

/** Reads a text at once: what a person pastes is on the page in the same moment. */
export function takeText(text: string): void {
  try {
    show(text, readText(text, NAME));
  } catch (thrown) {
    refuse(AppError.from(thrown));
  }
}

function show(text: string, { records, report }: ReadText): void {
  keepFiles([asFile(text)]);
  collectionStore.setState((state) => readAtOnce(state, NAME, records, report), true);
  present(0);
}

/** Takes a text that is data; leaves any other to whoever it was meant for. */
export function takeIfData(text: string): boolean {
  if (text.length > MAX_CHAIN_CHARS || !/^\s*[[{]/.test(text)) {
    return false;
  }
  const read = readText(text, NAME);
  if (read.report.format === plainText.id) {
    return false;
  }
  show(text, read);
  return true;
}

/** Takes a text of any length; a long one is read off this thread. */
export async function takeAnyText(ctx: ActionContext, text: string): Promise<void> {
  if (text.length > MAX_CHAIN_CHARS) {
    await takeFiles(ctx, [asFile(text)]);
  } else {
    takeText(text);
  }
}
