import { ChevronLeft, ChevronRight, FolderClosed, FolderOpen, List, X } from "lucide-react";
import { useRef } from "react";
import { closeFile } from "../../actions/close-file.ts";
import { closeCover } from "../../actions/cover.ts";
import { openPage } from "../../actions/pages.ts";
import { moveRecord } from "../../actions/show-record.ts";
import { cancelReading, takeFiles } from "../../actions/take-files.ts";
import {
  type Collection,
  recordOfSource,
  recordsOfSameProblem,
  useCollection,
} from "../../state/collection.ts";
import { useView } from "../../state/view-state.ts";
import type { Source } from "../../state/workspace.ts";
import { Button } from "../../ui/button.tsx";
import { formatCount, plural } from "../../ui/format-number.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { useActionContext } from "../action-context.ts";
import { answerWords, detectedWords, labelWords } from "../collection-words.ts";
import { revealMain, revealRecords } from "../reveal-main.ts";
import { FormatMenu } from "./format-menu.tsx";
import { ReadingProblems } from "./reading-problems.tsx";
import { SourceFields } from "./source-fields.tsx";

/** Where the text comes from: opens files, says what they were taken for, and moves over their chains. */
export function SourceBar({ source }: { readonly source: Source }) {
  const collection = useCollection((state) => state);
  const { records, name, reading } = collection;
  const isShown = recordOfSource(collection, source) !== undefined;
  // A single chain that was changed or cleared is a text of the person's own.
  const hasCollection = reading !== undefined || records.length > 1 || isShown;
  // The file is not where the text in the fields comes from.
  const title = isShown || reading !== undefined ? name : `${plural(records.length, "chain")} of ${name}`;
  return (
    <section aria-label="Source" className="flex min-w-0 flex-col gap-1.5 md:col-span-2">
      <div className="flex min-h-6 items-center justify-between gap-3">
        <span className="min-w-0 truncate text-sm font-medium" title={hasCollection ? title : undefined}>
          {hasCollection ? title : <span className="font-normal text-ink-3">Paste or drop anything, or</span>}
        </span>
        <span className="flex shrink-0 items-center gap-3">
          {reading === undefined && records.length > 1 && <CloseFile />}
          <OpenFiles />
        </span>
      </div>
      {hasCollection && <Detected source={source} />}
    </section>
  );
}

function CloseFile() {
  return (
    <Button
      kind="link"
      className="text-xs"
      title="Puts its chains away; scores are kept, and are there when the file is opened again"
      icon={<FolderClosed aria-hidden className="size-3.5" />}
      onClick={closeFile}
    >
      Close
    </Button>
  );
}

function OpenFiles() {
  const ctx = useActionContext();
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        kind="link"
        className="shrink-0 text-xs"
        title="Text, JSON, JSONL, Parquet, or a log of Inspect"
        icon={<FolderOpen aria-hidden className="size-3.5" />}
        onClick={() => inputRef.current?.click()}
      >
        Open files
      </Button>
      <input
        ref={inputRef}
        type="file"
        multiple
        hidden
        aria-label="Files with chains"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) {
            void takeFiles(ctx, files).then(revealRecords);
          }
        }}
      />
    </>
  );
}

function Detected({ source }: { readonly source: Source }) {
  const collection = useCollection((state) => state);
  const { records, reading, reports, isRecalled } = collection;
  const words = detectedWords(collection);
  const record = recordOfSource(collection, source);
  return (
    <>
      <p role="status" aria-live={reading === undefined ? "polite" : "off"} className="text-xs text-ink-2">
        {words}
      </p>
      {reading === undefined ? (
        <ReadAs isRecalled={isRecalled} reports={reports} />
      ) : (
        <div className="flex items-center gap-3">
          <ProgressBar label="Reading" value={reading.bytesDone} max={reading.bytesTotal} />
          <Button kind="link" className="shrink-0 text-xs" onClick={cancelReading}>
            Stop reading
          </Button>
        </div>
      )}
      <ReadingProblems reports={reports} />
      {records.length > 1 && <RecordMover source={source} />}
      {record?.isProblemInChain === true && (
        <p className="text-xs text-ink-2">
          The problem is not told apart from the first step: cut it off by hand.
        </p>
      )}
      {record !== undefined && <SourceFields record={record} />}
    </>
  );
}

/** The page does not keep the files themselves: after a reload there is nothing to read otherwise. */
function ReadAs({ isRecalled, reports }: Pick<Collection, "isRecalled" | "reports">) {
  return isRecalled ? (
    <p className="text-xs text-ink-3">Open the file again to read it as something else.</p>
  ) : (
    <FormatMenu reports={reports} />
  );
}

/** Opens the list of chains over what is shown, and takes it off again. */
function ListButton() {
  const isShown = useView((state) => state.cover === "records");
  const ctx = useActionContext();
  const Icon = isShown ? X : List;
  return (
    <Button
      kind="quiet"
      className="ml-auto h-7 text-xs"
      aria-expanded={isShown}
      icon={<Icon aria-hidden className="size-3.5" />}
      onClick={() => {
        if (isShown) {
          closeCover();
        } else {
          openPage(ctx, "records");
          revealMain();
        }
      }}
    >
      {isShown ? "Close the list" : "All chains"}
    </Button>
  );
}

function RecordMover({ source }: { readonly source: Source }) {
  const shown = useCollection((state) => state.shown);
  const count = useCollection((state) => state.records.length);
  const record = useCollection((state) => recordOfSource(state, source));
  const same = useCollection(recordsOfSameProblem).length;
  const facts = record && [
    record.id,
    labelWords(record),
    answerWords(record) && `answer ${answerWords(record)}`,
  ];
  return (
    <>
      <nav aria-label="Chains" className="-mx-2 flex items-center gap-1">
        <Button
          kind="quiet"
          className="h-7"
          aria-label="Previous chain"
          title="Previous chain ([)"
          disabled={shown === undefined || shown === 0}
          onClick={() => moveRecord(-1)}
          icon={<ChevronLeft aria-hidden className="size-4" />}
        />
        <span className="min-w-20 text-center text-xs text-ink-2">
          {shown === undefined || record === undefined
            ? "none shown"
            : `${formatCount(shown + 1)} of ${formatCount(count)}`}
        </span>
        <Button
          kind="quiet"
          className="h-7"
          aria-label="Next chain"
          title="Next chain (])"
          disabled={shown !== undefined && shown + 1 >= count}
          onClick={() => moveRecord(1)}
          icon={<ChevronRight aria-hidden className="size-4" />}
        />
        <ListButton />
      </nav>
      {facts && (
        <p className="truncate text-xs text-ink-3" title={record?.id}>
          {facts.filter((fact) => fact !== undefined).join(" · ")}
          {same > 1 ? ` · ${plural(same, "chain")} of this problem` : ""}
        </p>
      )}
    </>
  );
}
