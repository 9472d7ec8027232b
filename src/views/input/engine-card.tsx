import { Download, RotateCcw } from "lucide-react";
import { chooseEmbedded } from "../../actions/choose-model.ts";
import { cancelLoad, requestLoad } from "../../actions/load-model.ts";
import { type EngineStatus, useEngine } from "../../state/engine-status.ts";
import { useLibrary } from "../../state/library.ts";
import { EMBEDDED_NAME, isDeleted, isHubModel, useModelChoice } from "../../state/model-choice.ts";
import { useWorkspace } from "../../state/workspace.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { formatMegabytes } from "../../ui/format-number.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { useActionContext } from "../action-context.ts";
import { describeError } from "../error-advice.ts";
import { PHASE_WORDS } from "../load-words.ts";

type Loading = Extract<EngineStatus, { kind: "loading" }>;

function phaseSentence({ phase, loaded, total, cached, device }: Loading): string {
  switch (phase) {
    case "download":
      return `${cached ? "Reading from this browser" : "Downloading"}: ${formatMegabytes(loaded)} of ${formatMegabytes(total)} MB`;
    case "compile":
    case "self-test":
      return `${phase === "compile" ? "Compiling" : "Self-test"} on ${device?.label ?? "this device"}`;
    default:
      return PHASE_WORDS[phase].charAt(0).toUpperCase() + PHASE_WORDS[phase].slice(1);
  }
}

/** In place of what would try in vain to load it again. */
function DeletedCard({ isLoaded }: { readonly isLoaded: boolean }) {
  const ctx = useActionContext();
  const id = useModelChoice((choice) => choice.id);
  return (
    <section
      aria-label="Model"
      className={classNames(
        "flex flex-col items-start gap-2 rounded-md px-3 py-2",
        isLoaded ? "border border-line bg-surface" : "bg-bad-soft",
      )}
    >
      <p role={isLoaded ? "status" : "alert"} className="text-sm break-words">
        {id} was deleted from this browser’s storage.
        {isLoaded && " It can be used until the page is closed."}
      </p>
      <Button className="h-7 text-xs" onClick={() => chooseEmbedded(ctx)}>
        Use {EMBEDDED_NAME}
      </Button>
    </section>
  );
}

/** The model's state while it is not ready; nothing once it is, because the header shows it. */
export function EngineCard() {
  const ctx = useActionContext();
  const engine = useEngine((state) => state);
  const choice = useModelChoice((state) => state);
  const isOnHub = isHubModel(choice);
  const isGone = useLibrary(({ contents }) => isDeleted(choice, contents));
  const isMissing = useWorkspace((workspace) => workspace.missing === "model");
  const load = () => requestLoad(ctx);
  if (isGone && engine.kind !== "loading") {
    return <DeletedCard isLoaded={engine.kind === "ready"} />;
  }
  switch (engine.kind) {
    case "ready":
      return null;
    case "loading":
      return (
        <section
          aria-label="Model"
          className="flex flex-col gap-2 rounded-md border border-line bg-surface px-3 py-2"
        >
          <div className="flex items-center gap-2">
            <p role="status" className="min-w-0 flex-1 text-xs text-ink-2">
              {phaseSentence(engine)}
            </p>
            <Button kind="quiet" className="-mr-2 h-6 text-xs" onClick={cancelLoad}>
              Cancel
            </Button>
          </div>
          <ProgressBar label="Model download" value={engine.loaded} max={engine.total} />
        </section>
      );
    case "failed":
      return (
        <section
          aria-label="Model"
          className="flex flex-col items-start gap-2 rounded-md bg-bad-soft px-3 py-2"
        >
          <p role="alert" className="text-sm break-words">
            {describeError(engine.error)}
          </p>
          <Button
            className="h-7 text-xs"
            icon={<RotateCcw aria-hidden className="size-3.5" />}
            onClick={load}
          >
            Retry
          </Button>
        </section>
      );
    case "idle":
      return (
        <section
          aria-label="Model"
          className="flex flex-col items-start gap-2 rounded-md border border-line bg-surface px-3 py-2"
        >
          <p className="text-xs text-ink-2">
            {isOnHub ? (
              <>
                <span className="font-mono break-all">{engine.modelId}</span> is a repository on the Hugging
                Face Hub. Loading it downloads its files from there; your text stays here.
              </>
            ) : (
              "The model is not loaded. It is downloaded once and runs in this tab."
            )}
          </p>
          {isMissing && (
            <p role="alert" className="text-xs font-medium text-bad">
              Load the model first.
            </p>
          )}
          <Button
            className="h-7 max-w-full text-xs"
            icon={<Download aria-hidden className="size-3.5" />}
            onClick={load}
          >
            <span className="truncate">{isOnHub ? `Load ${engine.modelId}` : "Load model"}</span>
          </Button>
        </section>
      );
  }
}
