import { TriangleAlert } from "lucide-react";
import { chooseDtype, chooseProtocol } from "../../actions/library.ts";
import { DTYPES } from "../../core/dtypes.ts";
import { PROTOCOLS } from "../../core/protocols/index.ts";
import { useLibrary } from "../../state/library.ts";
import { formatBytes } from "../../ui/format-number.ts";
import { Notice } from "../../ui/notice.tsx";
import { Select } from "../../ui/select.tsx";
import { describeLibraryError } from "../error-advice.ts";
import { AdditionCard } from "./addition-card.tsx";
import { FolderPicker } from "./folder-picker.tsx";
import { HubForm } from "./hub-form.tsx";
import { KnownList } from "./known-list.tsx";
import { StoredList } from "./stored-list.tsx";

const TOLD = "told";

const PROTOCOL_OPTIONS = [
  { id: TOLD, label: "detected" } as const,
  // The page's own model is in no checkpoint's layout.
  ...PROTOCOLS.filter(({ head }) => head.kind !== "token-hazard").map(({ id, label }) => ({ id, label })),
];

const DTYPE_OPTIONS = DTYPES.map(({ id, label }) => ({ id, label: `${id}: ${label}` }));

/** How much of what the browser allows is used. */
function StorageLine() {
  const used = useLibrary((state) => state.contents?.used);
  const free = useLibrary((state) => state.contents?.device.storage);
  return used === undefined || free === undefined ? null : (
    <p data-testid="storage" className="text-xs text-ink-3">
      {formatBytes(used)} of this browser’s storage used, {formatBytes(free)} free.
    </p>
  );
}

/** The models this browser keeps, and all the ways to add one. */
export function ModelsPage() {
  const error = useLibrary((state) => state.error);
  const dtype = useLibrary((state) => state.dtype);
  const protocol = useLibrary((state) => state.protocol);
  return (
    <section
      aria-labelledby="models-heading"
      className="mx-auto flex w-full max-w-[960px] flex-col gap-8 px-4 py-8 sm:px-8"
    >
      <div className="flex max-w-[66ch] flex-col gap-2">
        <h2
          id="models-heading"
          className="text-[22px] leading-8 font-semibold tracking-[-0.015em] text-balance"
        >
          Models
        </h2>
        <p className="text-base text-ink-2">
          A published process reward model is downloaded once, converted in this tab and kept in this
          browser’s storage. Its weights come from the Hugging Face Hub under their own licence; your text
          stays here.
        </p>
      </div>
      <section aria-labelledby="here-heading" className="flex flex-col gap-3">
        <h3 id="here-heading" tabIndex={-1} className="text-base font-semibold">
          On this device
        </h3>
        <AdditionCard />
        {error !== undefined && (
          <Notice tone="bad" role="alert" icon={<TriangleAlert aria-hidden className="size-4" />}>
            {describeLibraryError(error)}
          </Notice>
        )}
        <StoredList />
        <StorageLine />
      </section>
      <section aria-labelledby="add-heading" className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <h3 id="add-heading" className="text-base font-semibold">
            Add a model
          </h3>
          <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
            <Select
              label="Protocol"
              options={PROTOCOL_OPTIONS}
              value={protocol ?? TOLD}
              onChange={(id) => chooseProtocol(id === TOLD ? undefined : id)}
            />
            <Select label="Store weights as" options={DTYPE_OPTIONS} value={dtype} onChange={chooseDtype} />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <HubForm />
          <FolderPicker />
        </div>
        <p className="text-xs text-ink-3">
          Sizes are estimates before the Hub has been asked; memory is for 4,096 tokens. A repository or a
          folder may hold a checkpoint (safetensors or pytorch_model.bin) or a converted model. A folder can
          also be dropped anywhere on the page.
        </p>
        <KnownList />
      </section>
    </section>
  );
}
