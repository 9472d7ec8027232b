import { type FormEvent, useState } from "react";
import { addModel } from "../../actions/library.ts";
import { isAdding, useLibrary } from "../../state/library.ts";
import { Button } from "../../ui/button.tsx";
import { useActionContext } from "../action-context.ts";

/** Adds any repository by name. */
export function HubForm() {
  const ctx = useActionContext();
  const isBusy = useLibrary(isAdding);
  const [text, setText] = useState("");
  const repository = text.trim().replace(/^https:\/\/huggingface\.co\//, "");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (repository !== "" && (await addModel(ctx, { from: "hub", repository }))) {
      // Another name may have been typed meanwhile.
      setText((typed) => (typed === text ? "" : typed));
    }
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-1 basis-72 items-center gap-2">
      <input
        aria-label="Hugging Face repository"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="owner/name of any repository on the Hub"
        spellCheck={false}
        autoCapitalize="off"
        className="h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-raised px-2 font-mono text-xs"
      />
      <Button type="submit" className="text-xs" disabled={isBusy || repository === ""}>
        Add
      </Button>
    </form>
  );
}
