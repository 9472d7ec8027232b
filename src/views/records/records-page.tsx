import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { scoreList, takeCandidates } from "../../actions/candidates.ts";
import { showRecord } from "../../actions/show-record.ts";
import { assertDefined } from "../../core/assert.ts";
import { collectionStore, useCollection } from "../../state/collection.ts";
import { filterRecords } from "../../state/record-filter.ts";
import { useView } from "../../state/view-state.ts";
import { cutOf, useWorkspace } from "../../state/workspace.ts";
import { Button } from "../../ui/button.tsx";
import { useActionContext } from "../action-context.ts";
import { detectedWords } from "../collection-words.ts";
import { revealMain } from "../reveal-main.ts";
import { AgainstLabels } from "./against-labels.tsx";
import { ListBatch } from "./list-batch.tsx";
import { ListFilter } from "./list-filter.tsx";
import { isDisputed } from "./list-verdicts.ts";
import { RECORD_COLUMNS, RecordRow } from "./record-row.tsx";
import { useRunOf } from "./use-record-runs.ts";

const ROW_HEIGHT = 48;
const OVERSCAN = 8;

/** Keys that move over the rows: by how many, from the row that has the focus. */
const MOVES: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** All chains that were read, to choose one from. */
export function RecordsPage() {
  const ctx = useActionContext();
  const collection = useCollection((state) => state);
  const { records, name, shown, labelledCount } = collection;
  const filter = useDeferredValue(collection.filter);
  const ownCut = useWorkspace((state) => state.ownCut);
  const cut = useMemo(() => cutOf(ownCut), [ownCut]);
  const runOf = useRunOf(records, cut);
  const chosen = useView((state) => state.threshold);
  const places = useMemo(
    () => filterRecords(records, filter, (record) => isDisputed(record, runOf(record), chosen)),
    [records, filter, runOf, chosen],
  );
  const count = places === undefined ? records.length : places.length;
  const shownPlace = places === undefined ? shown : places.indexOf(shown ?? -1);
  const words = detectedWords(collection);
  const scrollRef = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(Math.max(0, shownPlace ?? 0));
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    initialOffset: Math.max(0, shownPlace ?? 0) * ROW_HEIGHT,
  });
  const lastPlace = count - 1;
  const onKey = useCallback(
    (event: KeyboardEvent, place: number) => {
      const move = MOVES[event.key];
      if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      event.preventDefault();
      const target = Math.max(0, Math.min(lastPlace, place + move));
      setActive(target);
      virtualizer.scrollToIndex(target, { align: "auto" });
      // The row may have to be drawn first.
      requestAnimationFrame(() =>
        scrollRef.current?.querySelector<HTMLElement>(`[data-place="${target}"]`)?.focus(),
      );
    },
    [lastPlace, virtualizer],
  );
  return (
    <section aria-labelledby="records-heading" className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-col gap-0.5 px-5 py-4">
        <h2 id="records-heading" className="text-xl leading-7 font-semibold tracking-[-0.015em] break-words">
          {name}
        </h2>
        <p className="text-sm text-ink-2">
          {words}. Choose one to inspect it,{" "}
          <Button kind="link" onClick={() => void scoreList(ctx, records)}>
            score them all
          </Button>
          , or{" "}
          <Button kind="link" onClick={compareAll}>
            compare them as candidates
          </Button>
          .
        </p>
        <ListBatch records={records} />
        <AgainstLabels records={records} runOf={runOf} />
        <ListFilter count={count} hasLabels={labelledCount > 0} />
      </div>
      <div
        aria-hidden
        className={`caption border-y border-line px-5 py-1.5 max-md:hidden md:grid ${RECORD_COLUMNS}`}
      >
        <span>Id</span>
        <span>Problem</span>
        <span className="text-right">Steps</span>
        <span>Labels</span>
        <span>Model</span>
        <span>Answer</span>
      </div>
      <div
        ref={scrollRef}
        className="min-h-0 flex-1 overflow-y-auto max-xl:max-h-[75vh] max-md:border-t max-md:border-line"
      >
        <ol aria-label="Chains" className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index: place, start }) => {
            const index = places?.[place] ?? place;
            return (
              <RecordRow
                key={index}
                record={assertDefined(records[index], "record")}
                index={index}
                place={place}
                count={count}
                cut={cut}
                run={runOf(assertDefined(records[index], "record"))}
                offset={start}
                height={ROW_HEIGHT}
                isShown={index === shown}
                isActive={place === Math.min(active, lastPlace)}
                onChoose={choose}
                onFocus={setActive}
                onKey={onKey}
              />
            );
          })}
        </ol>
      </div>
    </section>
  );
}

function compareAll(): void {
  takeCandidates(collectionStore.getState().records);
  revealMain();
}

function choose(index: number): void {
  showRecord(index);
  revealMain();
}
