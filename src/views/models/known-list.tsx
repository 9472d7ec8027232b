import { ExternalLink } from "lucide-react";
import { useMemo } from "react";
import { addModel } from "../../actions/library.ts";
import type { DtypeId } from "../../core/dtypes.ts";
import { KNOWN_MODELS, type KnownModel } from "../../core/known-models.ts";
import { estimateModel, type ModelEstimate, parameterCount } from "../../core/model-estimate.ts";
import { type DeviceFacts, type Preflight, preflight } from "../../core/preflight.ts";
import { whyNotKnown } from "../../core/why-not-add.ts";
import { isAdding, useLibrary } from "../../state/library.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { formatBytes } from "../../ui/format-number.ts";
import { useActionContext } from "../action-context.ts";

const BILLION = 1e9;

function billions(count: number): string {
  return `${(count / BILLION).toFixed(1)}B`;
}

/** What a column is, and how it reads without one. */
const COLUMNS = [
  {
    id: "parameters",
    label: "Parameters",
    read: (model: KnownModel) => billions(parameterCount(model)),
  },
  {
    id: "download",
    label: "Download",
    read: (_: KnownModel, { download }: ModelEstimate) => formatBytes(download),
  },
  {
    id: "converted",
    label: "Kept here",
    read: (_: KnownModel, { converted }: ModelEstimate) => formatBytes(converted),
  },
  {
    id: "memory",
    label: "Memory",
    read: (_: KnownModel, { memory }: ModelEstimate) => formatBytes(memory.total),
  },
] as const;

interface KnownRowProps {
  readonly model: KnownModel;
  readonly dtype: DtypeId;
  readonly device: DeviceFacts | undefined;
  readonly isHere: boolean;
}

function KnownRow({ model, dtype, device, isHere }: KnownRowProps) {
  const ctx = useActionContext();
  const isBusy = useLibrary(isAdding);
  const { repository, protocol, licence, note, source } = model;
  const estimate = useMemo(() => estimateModel(model, dtype), [model, dtype]);
  const verdict = device && preflight(estimate, dtype, device);
  const whyNot = whyNotKnown(model, verdict);
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="py-2.5 pr-4 text-left font-normal">
        <a
          href={`https://huggingface.co/${repository}`}
          target="_blank"
          rel="noreferrer"
          title={source}
          className="inline-flex items-baseline gap-1 text-sm font-semibold break-all hover:underline"
        >
          {repository}
          <ExternalLink aria-label="on the Hugging Face Hub" className="size-3 shrink-0 text-ink-3" />
        </a>
        <p className="text-xs text-ink-3 md:hidden">
          {COLUMNS.map(({ label, read }) => `${label.toLowerCase()} ${read(model, estimate)}`).join(" · ")}
        </p>
        <p className="text-xs text-ink-3">
          licence: {licence}
          {verdict && (
            <>
              {" · "}
              <Verdict verdict={verdict} />
            </>
          )}
        </p>
        {note !== undefined && <p className="text-xs text-ink-3">{note}</p>}
      </th>
      {COLUMNS.map(({ id, read }) => (
        <td key={id} className="py-2.5 pr-4 text-right text-sm whitespace-nowrap max-md:hidden">
          {read(model, estimate)}
        </td>
      ))}
      <td className="py-2 text-right">
        <Button
          className="h-7 text-xs"
          disabled={isBusy || isHere || whyNot !== undefined}
          aria-label={`Add ${repository}`}
          title={whyNot}
          onClick={() => void addModel(ctx, { from: "hub", repository, dtype, protocol })}
        >
          {isHere ? "Added" : "Add"}
        </Button>
      </td>
    </tr>
  );
}

function Verdict({ verdict }: { readonly verdict: Preflight }) {
  const tone = { runs: "text-good", slow: "text-ink-2", cannot: "text-bad" }[verdict.kind];
  return <span className={classNames(tone)}>{verdict.reason}</span>;
}

/** The published models that can be added by one click, with what each will cost. */
export function KnownList() {
  const dtype = useLibrary((state) => state.dtype);
  const contents = useLibrary((state) => state.contents);
  const here = new Set(contents?.models.map(({ id, dtype: stored }) => `${id} ${stored}`));
  return (
    <table className="w-full border-t border-line">
      <caption className="sr-only">Published process reward models</caption>
      <thead className="max-md:sr-only">
        <tr className="border-b border-line">
          <th scope="col" className="caption py-1.5 text-left">
            Repository
          </th>
          {COLUMNS.map(({ id, label }) => (
            <th key={id} scope="col" className="caption py-1.5 pr-4 text-right whitespace-nowrap">
              {label}
            </th>
          ))}
          <th scope="col">
            <span className="sr-only">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {KNOWN_MODELS.map((model) => (
          <KnownRow
            key={model.repository}
            model={model}
            dtype={dtype}
            device={contents?.device}
            isHere={here.has(`${model.repository} ${dtype}`)}
          />
        ))}
      </tbody>
    </table>
  );
}
