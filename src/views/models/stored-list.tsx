import { Check, Download, Trash2 } from "lucide-react";
import { useState } from "react";
import { chooseEmbedded, chooseModel } from "../../actions/choose-model.ts";
import { addModel, exportModel, removeModel } from "../../actions/library.ts";
import type { StoredModel, UnfinishedModel } from "../../core/model-library.ts";
import { isAdding, useLibrary } from "../../state/library.ts";
import { EMBEDDED_NAME, isEmbedded, modelKey, useModelChoice } from "../../state/model-choice.ts";
import { Button } from "../../ui/button.tsx";
import { formatBytes, formatSmall } from "../../ui/format-number.ts";
import { useActionContext } from "../action-context.ts";
import { ModelRow } from "./model-row.tsx";

/** Deleting takes a second click: what is deleted may have taken an hour to download. */
function DeleteButton({ label, onDelete }: { readonly label: string; readonly onDelete: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  return isAsking ? (
    <Button
      className="h-7 text-xs text-bad!"
      onClick={onDelete}
      onBlur={() => setIsAsking(false)}
      aria-label={`Delete for good: ${label}`}
    >
      Delete for good
    </Button>
  ) : (
    <Button
      kind="quiet"
      className="h-7 text-xs"
      aria-label={`Delete ${label}`}
      icon={<Trash2 aria-hidden className="size-3.5" />}
      onClick={() => setIsAsking(true)}
    >
      Delete
    </Button>
  );
}

function UseButton(props: { readonly label: string; readonly isInUse: boolean; readonly onUse: () => void }) {
  const { label, isInUse, onUse } = props;
  // One button for both, so that it keeps the focus.
  return isInUse ? (
    <Button
      kind="quiet"
      className="pointer-events-none h-7 text-xs text-good!"
      icon={<Check aria-hidden className="size-3.5" />}
      aria-disabled
      aria-label={`In use: ${label}`}
    >
      In use
    </Button>
  ) : (
    <Button className="h-7 text-xs" aria-label={`Use ${label}`} onClick={onUse}>
      Use
    </Button>
  );
}

function StoredRow({ model }: { readonly model: StoredModel }) {
  const ctx = useActionContext();
  const isInUse = useModelChoice((choice) => modelKey(choice) === model.key);
  const { key, id, name, protocol, dtype, licence, size, rewardError } = model;
  const label = `${name}, ${dtype}`;
  return (
    <ModelRow
      name={name}
      facts={[
        dtype,
        formatBytes(size),
        protocol,
        `licence: ${licence}`,
        ...(rewardError === undefined ? [] : [`rewards changed by at most ${formatSmall(rewardError)}`]),
      ]}
      actions={
        <>
          <UseButton label={label} isInUse={isInUse} onUse={() => chooseModel(ctx, { id, stored: key })} />
          <Button
            kind="quiet"
            className="h-7 text-xs"
            aria-label={`Export ${label}`}
            title="The model's folder as a zip archive, for another browser or the command line"
            icon={<Download aria-hidden className="size-3.5" />}
            onClick={() => void exportModel(ctx, model)}
          >
            Export
          </Button>
          <DeleteButton label={label} onDelete={() => void removeModel(ctx, model)} />
        </>
      }
    />
  );
}

function UnfinishedRow({ model }: { readonly model: UnfinishedModel }) {
  const ctx = useActionContext();
  const isBusy = useLibrary(isAdding);
  const { key, request, kept } = model;
  const label = `${request.repository}, ${request.dtype}`;
  return (
    <ModelRow
      name={request.repository}
      facts={[request.dtype, `not finished, ${formatBytes(kept)} kept`]}
      actions={
        <>
          <Button
            className="h-7 text-xs"
            disabled={isBusy}
            aria-label={`Continue ${label}`}
            onClick={() => void addModel(ctx, request)}
          >
            Continue
          </Button>
          <DeleteButton
            label={label}
            onDelete={() => void removeModel(ctx, { key, name: request.repository })}
          />
        </>
      }
    />
  );
}

/** The page's own model, those kept in this browser, and those that were interrupted. */
export function StoredList() {
  const ctx = useActionContext();
  const contents = useLibrary((state) => state.contents);
  const adding = useLibrary((state) => (isAdding(state) ? state.addition : undefined));
  const usesEmbedded = useModelChoice(isEmbedded);
  const unfinished = (contents?.unfinished ?? []).filter(
    ({ request }) => request.repository !== adding?.name || request.dtype !== adding.request.dtype,
  );
  return (
    <ul className="flex flex-col divide-y divide-line border-y border-line">
      <ModelRow
        name={EMBEDDED_NAME}
        facts={["q4", "comes with the page", "licence: Apache-2.0"]}
        actions={<UseButton label={EMBEDDED_NAME} isInUse={usesEmbedded} onUse={() => chooseEmbedded(ctx)} />}
      />
      {contents?.models.map((model) => (
        <StoredRow key={model.key} model={model} />
      ))}
      {contents?.damaged.map((key) => (
        <ModelRow
          key={key}
          name={key}
          facts={["damaged, or made by a newer version: it cannot be used"]}
          actions={<DeleteButton label={key} onDelete={() => void removeModel(ctx, { key, name: key })} />}
        />
      ))}
      {unfinished.map((model) => (
        <UnfinishedRow key={model.key} model={model} />
      ))}
    </ul>
  );
}
