import { type ReactNode, useEffect, useState } from "react";
import { type FolderOutcome, takeDirectory } from "../actions/add-folder.ts";
import { type DropRefusal, readDrop } from "../actions/read-drop.ts";
import { forgetRefusal, takeFiles } from "../actions/take-files.ts";
import { takeAnyText } from "../actions/take-text.ts";
import { useCollection } from "../state/collection.ts";
import { useActionContext } from "./action-context.ts";
import { refusalWords } from "./collection-words.ts";
import { revealRecords } from "./reveal-main.ts";

type Outcome = "taken" | FolderOutcome | DropRefusal;

const OUTCOME_WORDS = {
  taken: undefined,
  busy: "A model is being added already; one at a time.",
  "too-many-files": "The folder has more files than any model.",
  "folder-unreadable": "The folder could not be read.",
  "several-folders": "Drop one folder at a time: a model is one folder.",
  "folder-and-files": "Drop a model’s folder by itself, without other files.",
  "model-files": "The files of a model go together: drop the folder they are in.",
  archive: "An archive cannot be read: unpack it first, then drop what is in it.",
} as const satisfies Record<Outcome, string | undefined>;

const FIELD = "textarea, input, select, [contenteditable]";
const MESSAGE_MS = 6000;

/** Takes files and text dropped anywhere, and text pasted while no field has the focus. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const ctx = useActionContext();
  const [isOver, setIsOver] = useState(false);
  const [outcome, setOutcome] = useState<string | undefined>();
  const refusal = useCollection((state) => state.refusal);
  const message = refusal === undefined ? outcome : refusalWords(refusal);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const isInField = event.target instanceof Element && event.target.closest(FIELD) !== null;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!isInField && text.trim() !== "") {
        event.preventDefault();
        void takeAnyText(ctx, text).then(revealRecords);
      }
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [ctx]);
  useEffect(() => {
    if (message === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setOutcome(undefined);
      forgetRefusal();
    }, MESSAGE_MS);
    return () => clearTimeout(timer);
  }, [message]);
  const take = async (transfer: DataTransfer): Promise<Outcome> => {
    const dropped = readDrop(transfer);
    switch (dropped.kind) {
      case "text":
        await takeAnyText(ctx, transfer.getData("text/plain"));
        revealRecords();
        return "taken";
      case "files":
        await takeFiles(ctx, dropped.files);
        revealRecords();
        return "taken";
      case "folder":
        return await takeDirectory(ctx, dropped.folder);
      case "refused":
        return dropped.why;
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way in; the fields are the accessible one
    <div
      className="relative flex min-h-full flex-col xl:h-dvh"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) {
          setIsOver(false);
        }
      }}
      onDrop={async (event) => {
        setIsOver(false);
        const hasFiles = event.dataTransfer.files.length > 0;
        if (!hasFiles && event.target instanceof Element && event.target.closest(FIELD) !== null) {
          return; // Text moved into a field lands where it was dropped.
        }
        event.preventDefault();
        setOutcome(OUTCOME_WORDS[await take(event.dataTransfer)]);
      }}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none fixed inset-2 z-20 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-surface/85">
          <p className="text-lg font-semibold">
            Drop files with chains of thought to read them, or a model’s folder to add it
          </p>
        </div>
      )}
      {message !== undefined && (
        <p
          role="alert"
          className="fixed bottom-4 left-1/2 z-20 w-max max-w-[calc(100vw-2rem)] -translate-x-1/2 rounded-md bg-ink px-4 py-2 text-sm text-surface"
        >
          {message}
        </p>
      )}
    </div>
  );
}
