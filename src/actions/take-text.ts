/** Text that arrives by drop or paste, anywhere on the page. */
import { MAX_CHAIN_CHARS } from "../core/chain-record.ts";
import { AppError } from "../core/errors.ts";
import { type ReadText, readText } from "../formats/read-text.ts";
import { text as plainText } from "../formats/text.ts";
import { collectionStore, readAtOnce } from "../state/collection.ts";
import type { FieldName } from "../state/workspace.ts";
import type { ActionContext } from "./context.ts";
import { editText } from "./edit-text.ts";
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

/**
 * Takes a text that is data, and one that is too long for any field, which is read as a file is; leaves any other to
 * whoever it was meant for.
 */
export function takeIfData(ctx: ActionContext, text: string): boolean {
  if (text.length > MAX_CHAIN_CHARS) {
    void takeFiles(ctx, [asFile(text)]);
    return true;
  }
  if (!/^\s*[[{]/.test(text)) {
    return false;
  }
  const read = readText(text, NAME);
  if (read.report.format === plainText.id) {
    return false;
  }
  show(text, read);
  return true;
}

/** What a person writes into a field; more than it can show is refused, and what was there stays. */
export function typeText(field: FieldName, text: string): void {
  if (text.length > MAX_CHAIN_CHARS) {
    refuse(new AppError("bad-input", "it is too long for a chain of thought", { why: "too-large" }));
  } else {
    editText({ [field]: text });
  }
}

/** Takes a text of any length; a long one is read off this thread. */
export async function takeAnyText(ctx: ActionContext, text: string): Promise<void> {
  if (text.length > MAX_CHAIN_CHARS) {
    await takeFiles(ctx, [asFile(text)]);
  } else {
    takeText(text);
  }
}
