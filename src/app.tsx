import type { CSSProperties, ReactNode } from "react";
import type { ActionContext } from "./actions/context.ts";
import type { Cover } from "./state/cover.ts";
import { usePanes } from "./state/panes.ts";
import { useRun } from "./state/runs.ts";
import { useTour } from "./state/tour.ts";
import { useView } from "./state/view-state.ts";
import { useWorkspace } from "./state/workspace.ts";
import { Button } from "./ui/button.tsx";
import { classNames } from "./ui/class-names.ts";
import { ErrorBoundary } from "./ui/error-boundary.tsx";
import { FrozenContext } from "./ui/frozen.ts";
import { ActionContextProvider } from "./views/action-context.ts";
import { CandidatesPage } from "./views/candidates/candidates-page.tsx";
import { CommandPalette } from "./views/commands/command-palette.tsx";
import { ShortcutOverlay } from "./views/commands/shortcut-overlay.tsx";
import { ComparePage } from "./views/compare/compare-page.tsx";
import { DocumentTitle } from "./views/document-title.ts";
import { DropTarget } from "./views/drop-target.tsx";
import { GalleryGrid } from "./views/gallery-grid.tsx";
import { Header } from "./views/header.tsx";
import { InputPanel } from "./views/input/input-panel.tsx";
import { Inspector } from "./views/inspector.tsx";
import { ModelsPage } from "./views/models/models-page.tsx";
import { PaneSplitter } from "./views/pane-splitter.tsx";
import { Preview } from "./views/preview.tsx";
import { RecordsPage } from "./views/records/records-page.tsx";
import { TOUR_CARDS } from "./views/tour/cards.ts";
import { TourCardView } from "./views/tour/tour-card.tsx";
import { useShortcuts } from "./views/use-shortcuts.ts";

interface AppProps {
  readonly context: ActionContext;
  readonly isTesting: boolean;
}

/** The shell: header, input on the left, and what there is to look at on the right. */
export function App({ context, isTesting }: AppProps) {
  useShortcuts(context);
  return (
    <ActionContextProvider value={context}>
      <FrozenContext value={isTesting}>
        <DocumentTitle />
        <DropTarget>
          <Header />
          <Columns />
          <TourCardView />
          <Overlays />
        </DropTarget>
      </FrozenContext>
    </ActionContextProvider>
  );
}

/** Input beside result, unless a pane of the result has the whole page. */
function Columns() {
  const input = usePanes((state) => state.input);
  const isMaximised = usePanes(({ maximised }) => maximised !== undefined);
  const cover = useView((state) => state.cover);
  const hasRun = useRun((run) => run !== undefined);
  const target = useTour(({ card }) => (card === undefined ? undefined : TOUR_CARDS[card]?.target));
  const hidesInput = isMaximised && hasRun && cover === undefined;
  return (
    <div
      data-tour={target}
      className={classNames(
        "flex min-h-0 flex-1 flex-col print:block",
        !hidesInput && "xl:grid xl:grid-cols-[var(--input-width)_minmax(0,1fr)]",
      )}
      style={{ "--input-width": `${input}px` } as CSSProperties}
    >
      <div
        className={classNames(
          "relative flex min-h-0 flex-col border-line bg-sunken max-xl:border-b xl:border-r print:hidden",
          hidesInput && "hidden",
        )}
      >
        <InputPanel />
        <div className="hidden xl:block">
          <PaneSplitter pane="input" edge="right" label="Width of the input" />
        </div>
      </div>
      <Main />
    </div>
  );
}

function Overlays() {
  const overlay = useView((state) => state.overlay);
  switch (overlay) {
    case "keys":
      return <ShortcutOverlay />;
    case "palette":
      return <CommandPalette />;
    case undefined:
      return null;
  }
}

const COVERS = {
  examples: <GalleryGrid />,
  candidates: <CandidatesPage />,
  models: <ModelsPage />,
  compare: <ComparePage />,
  records: <RecordsPage />,
} as const satisfies Record<Cover, ReactNode>;

function Main() {
  const run = useRun((current) => current);
  const cover = useView((state) => state.cover);
  const hasChain = useWorkspace((workspace) => workspace.chain.trim() !== "");
  const content = run === undefined ? hasChain && <Preview /> : <Inspector run={run} />;
  return (
    <main className="flex min-h-0 min-w-0 grow flex-col xl:overflow-y-auto">
      <ErrorBoundary fallback={brokenView}>
        {cover === undefined ? content || <GalleryGrid /> : COVERS[cover]}
      </ErrorBoundary>
    </main>
  );
}

function brokenView(error: Error, retry: () => void) {
  return (
    <div className="flex flex-col items-start gap-3 px-5 py-6">
      <p role="alert" className="text-base">
        This view could not be drawn: {error.message}. Your text is kept.
      </p>
      <Button onClick={retry}>Draw again</Button>
    </div>
  );
}
