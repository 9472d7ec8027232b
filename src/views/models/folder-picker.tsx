import { FolderOpen } from "lucide-react";
import { useRef } from "react";
import { addFolder } from "../../actions/add-folder.ts";
import { folderOfFiles } from "../../actions/read-folder.ts";
import { isAdding, useLibrary } from "../../state/library.ts";
import { Button } from "../../ui/button.tsx";
import { useActionContext } from "../action-context.ts";

/** Not in React's types: makes a file input take folders. */
const TAKES_FOLDERS = { webkitdirectory: "" };

/** Adds a model from a folder of this machine. */
export function FolderPicker() {
  const ctx = useActionContext();
  const isBusy = useLibrary(isAdding);
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        className="text-xs"
        disabled={isBusy}
        icon={<FolderOpen aria-hidden className="size-3.5" />}
        onClick={() => inputRef.current?.click()}
      >
        Open a folder
      </Button>
      <input
        ref={inputRef}
        type="file"
        hidden
        aria-label="Model folder"
        {...TAKES_FOLDERS}
        onChange={(event) => {
          const folder = folderOfFiles(event.target.files ?? []);
          event.target.value = "";
          if (folder !== undefined) {
            void addFolder(ctx, folder);
          }
        }}
      />
    </>
  );
}
