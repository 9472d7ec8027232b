import { type ReactNode, useEffect, useState } from "react";
import { type FolderOutcome, takeDirectory } from "../actions/add-folder.ts";
import { droppedDirectory } from "../actions/read-folder.ts";
import { MAX_FILE_BYTES, type TakeOutcome, takeFile, takeText } from "../actions/take-text.ts";
import { formatMegabytes } from "../ui/format-number.ts";
import { useActionContext } from "./action-context.ts";

const OUTCOME_WORDS = {
  taken: undefined,
  empty: "The file is empty.",
  "too-large": `The file is larger than ${formatMegabytes(MAX_FILE_BYTES)} MB; a chain of thought is not.`,
  unreadable: "The file could not be read as text.",
  busy: "A model is being added already; one at a time.",
  "too-many-files": "The folder has more files than any model.",
  "folder-unreadable": "The folder could not be read.",
} as const satisfies Record<TakeOutcome | FolderOutcome, string | undefined>;

const FIELD = "textarea, input, select, [contenteditable]";
const MESSAGE_MS = 6000;

/** Takes files and text dropped anywhere, and text pasted while no field has the focus. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const ctx = useActionContext();
  const [isOver, setIsOver] = useState(false);
  const [message, setMessage] = useState<string | undefined>();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const isInField = event.target instanceof Element && event.target.closest(FIELD) !== null;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!isInField && text.trim() !== "") {
        event.preventDefault();
        takeText(text);
      }
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, []);
  const report = (outcome: TakeOutcome | FolderOutcome) => {
    setMessage(OUTCOME_WORDS[outcome]);
    if (OUTCOME_WORDS[outcome] !== undefined) {
      setTimeout(() => setMessage(undefined), MESSAGE_MS);
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
        const file = event.dataTransfer.files[0];
        if (file === undefined && event.target instanceof Element && event.target.closest(FIELD) !== null) {
          return; // Text moved into a field lands where it was dropped.
        }
        event.preventDefault();
        const directory = droppedDirectory(event.dataTransfer);
        if (directory !== undefined) {
          report(await takeDirectory(ctx, directory));
          return;
        }
        report(
          file === undefined ? takeText(event.dataTransfer.getData("text/plain")) : await takeFile(file),
        );
      }}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none fixed inset-2 z-20 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-surface/85">
          <p className="text-lg font-semibold">
            Drop a text or JSON file to read it as a chain of thought, or a model’s folder to add it
          </p>
        </div>
      )}
      {message !== undefined && (
        <p
          role="alert"
          className="fixed bottom-4 left-1/2 z-20 -translate-x-1/2 rounded-md bg-ink px-4 py-2 text-sm text-surface"
        >
          {message}
        </p>
      )}
    </div>
  );
}
