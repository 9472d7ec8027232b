import {
  Boxes,
  Contrast,
  GitCompareArrows,
  Keyboard,
  LayoutGrid,
  ListOrdered,
  LoaderCircle,
  type LucideIcon,
  Monitor,
  Moon,
  ShieldCheck,
  Sun,
  WifiOff,
  X,
} from "lucide-react";
import { closeCover } from "../actions/cover.ts";
import { openOverlay } from "../actions/overlay.ts";
import { openPage } from "../actions/pages.ts";
import { setTheme } from "../actions/theme.ts";
import type { LoadedModel } from "../core/scorer.ts";
import type { Cover } from "../state/cover.ts";
import { type EngineStatus, useEngine } from "../state/engine-status.ts";
import { isAdding, useLibrary } from "../state/library.ts";
import { referenceOf, usePinned } from "../state/pinned.ts";
import { useRun } from "../state/runs.ts";
import { type Theme, useView } from "../state/view-state.ts";
import { useWorkspace } from "../state/workspace.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { formatSmall } from "../ui/format-number.ts";
import { Logo } from "../ui/logo.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { useActionContext } from "./action-context.ts";
import { progressSentence, progressShare } from "./add-words.ts";
import { DeviceMenu } from "./device-menu.tsx";
import { LibraryNewsLine } from "./library-news.tsx";
import { PHASE_WORDS } from "./load-words.ts";
import { revealMain } from "./reveal-main.ts";
import { selfTestWords } from "./self-test-words.ts";
import { useOnline } from "./use-online.ts";

const THEMES = [
  { id: "system", label: "Theme: as the system", icon: <Monitor className="size-3.5" /> },
  { id: "light", label: "Theme: light", icon: <Sun className="size-3.5" /> },
  { id: "dark", label: "Theme: dark", icon: <Moon className="size-3.5" /> },
  { id: "contrast", label: "Theme: high contrast", icon: <Contrast className="size-3.5" /> },
] as const satisfies readonly { id: Theme; label: string; icon: unknown }[];

function ModelBadges({ model }: { readonly model: LoadedModel }) {
  const { selfTest } = model;
  return (
    <>
      <Badge
        className="min-w-0 max-w-full"
        title={`${model.id}, protocol ${model.protocol}, ${model.context} tokens of context`}
      >
        <span className="truncate font-medium text-ink">{model.name}</span>
        <span className="text-ink-3 max-sm:hidden">
          {model.dtype} · {model.licence}
        </span>
      </Badge>
      <DeviceMenu model={model} />
      <Badge
        tone="good"
        icon={<ShieldCheck aria-hidden className="size-3.5" />}
        title={selfTestWords(selfTest)}
      >
        self-test passed<span className="max-2xl:hidden">, max |Δ| {formatSmall(selfTest.maxDelta)}</span>
      </Badge>
    </>
  );
}

function EngineBadges({ engine }: { readonly engine: EngineStatus }) {
  switch (engine.kind) {
    case "ready":
      return <ModelBadges model={engine.model} />;
    case "loading":
      return (
        <Badge icon={<LoaderCircle aria-hidden className="size-3.5 animate-spin text-ink-3" />}>
          Model: {engine.phase === "download" && engine.cached ? "reading" : PHASE_WORDS[engine.phase]}
        </Badge>
      );
    case "failed":
      return <Badge tone="bad">model not loaded</Badge>;
    case "idle":
      return <Badge>model not loaded</Badge>;
  }
}

/** Says, wherever the reader is, that a model is being added. */
function AdditionBadge() {
  const addition = useLibrary((state) => (isAdding(state) ? state.addition : undefined));
  if (addition === undefined) {
    return null;
  }
  const share = progressShare(addition.progress);
  const percent = share && share.max > 0 ? ` ${Math.floor((share.value / share.max) * PERCENT)} %` : "";
  return (
    <Badge
      title={progressSentence(addition.progress)}
      icon={<LoaderCircle aria-hidden className="size-3.5 animate-spin text-ink-3" />}
    >
      Adding a model: {addition.progress?.phase ?? "starting"}
      {percent}
    </Badge>
  );
}

const PERCENT = 100;

interface CoverButtonProps {
  readonly cover: Cover;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onOpen: () => void;
}

/** Shows a page over the run, and takes it off again. */
function CoverButton({ cover, icon, label, onOpen }: CoverButtonProps) {
  const isShown = useView((state) => state.cover === cover);
  const Icon = isShown ? X : icon;
  return (
    <Button
      kind="quiet"
      className="h-7 text-xs"
      aria-expanded={isShown}
      // With all pages there the bar has no room for pictures on most screens; the cross says what a click does.
      icon={<Icon aria-hidden className={classNames("size-3.5", !isShown && "max-2xl:hidden")} />}
      onClick={() => {
        if (isShown) {
          closeCover();
        } else {
          onOpen();
          revealMain();
        }
      }}
    >
      {isShown ? `Close ${label.toLowerCase()}` : label}
    </Button>
  );
}

/** Nothing to toggle while only the examples are there to be shown. */
function useHidesExamples(): boolean {
  const hasRun = useRun((run) => run !== undefined);
  const hasChain = useWorkspace((workspace) => workspace.chain.trim() !== "");
  return !hasRun && !hasChain;
}

export function Header() {
  const engine = useEngine((state) => state);
  const theme = useView((state) => state.theme);
  const ctx = useActionContext();
  const isOnline = useOnline();
  const hidesExamples = useHidesExamples();
  const canCompare = usePinned((pinned) => referenceOf(pinned) !== undefined);
  return (
    <header className="flex min-h-13 flex-wrap items-center gap-x-5 gap-y-1 border-b border-line px-4 py-2">
      <h1 className="flex items-center gap-2 text-[15px] font-semibold tracking-[-0.01em]">
        <Logo className="size-6" />
        Stepscope
      </h1>
      <nav
        aria-label="Pages"
        className="flex flex-wrap items-center gap-x-1 print:hidden max-sm:order-1 max-sm:-ml-2 max-sm:basis-full"
      >
        {!hidesExamples && (
          <CoverButton
            cover="examples"
            icon={LayoutGrid}
            label="Examples"
            onOpen={() => openPage(ctx, "examples")}
          />
        )}
        <CoverButton
          cover="candidates"
          icon={ListOrdered}
          label="Candidates"
          onOpen={() => openPage(ctx, "candidates")}
        />
        {canCompare && (
          <CoverButton
            cover="compare"
            icon={GitCompareArrows}
            label="Compare"
            onOpen={() => openPage(ctx, "compare")}
          />
        )}
        <CoverButton cover="models" icon={Boxes} label="Models" onOpen={() => openPage(ctx, "models")} />
      </nav>
      <div className="order-last flex min-w-0 basis-full flex-wrap items-center gap-x-5 gap-y-1 lg:order-none lg:ml-auto lg:basis-auto">
        <EngineBadges engine={engine} />
        <AdditionBadge />
        <LibraryNewsLine />
        {!isOnline && <Badge icon={<WifiOff aria-hidden className="size-3.5" />}>offline</Badge>}
        <Badge title="The model runs in this tab. Your text is never sent anywhere; only the model's files are downloaded.">
          nothing leaves this tab
        </Badge>
      </div>
      <div className="ml-auto flex items-center gap-1 lg:ml-0 print:hidden">
        <Button
          kind="quiet"
          className="size-7 p-0"
          aria-label="Keys and commands"
          title="All keys (?); find a command (Ctrl+K)"
          icon={<Keyboard aria-hidden className="size-4" />}
          onClick={() => openOverlay("keys")}
        />
        <Segmented label="Theme" options={THEMES} value={theme} onChange={setTheme} />
      </div>
    </header>
  );
}
