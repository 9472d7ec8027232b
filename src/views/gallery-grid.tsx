import { Route } from "lucide-react";
import { openExample } from "../actions/gallery.ts";
import { openTour } from "../actions/tour.ts";
import { firstError } from "../core/verdict.ts";
import { type GalleryCard, useGallery } from "../state/gallery.ts";
import { Button } from "../ui/button.tsx";
import { formatProbability, plural } from "../ui/format-number.ts";
import { MiniBars } from "../ui/mini-bars.tsx";
import { revealMain } from "./reveal-main.ts";

function Card({ card }: { readonly card: GalleryCard }) {
  const { rewards, threshold, range } = card;
  const first = firstError(rewards, threshold);
  const reward = rewards[first];
  return (
    <li className="min-w-0">
      <button
        type="button"
        onClick={() => {
          openExample(card.id);
          revealMain();
        }}
        className="flex h-full w-full flex-col gap-2 rounded-lg border border-line bg-raised p-4 text-left transition-colors duration-100 hover:border-ink-3"
      >
        <span className="text-base font-semibold">{card.title}</span>
        <span className="flex-1 text-sm text-ink-2">{card.note}</span>
        <MiniBars
          values={rewards}
          pivot={threshold}
          range={range}
          label={`Rewards of ${plural(rewards.length, "step")}`}
        />
        <span className="flex w-full items-baseline justify-between gap-3 text-xs text-ink-2">
          <span>
            {reward === undefined ? (
              `No bad step of ${rewards.length}`
            ) : (
              <>
                Breaks at step {first + 1} of {rewards.length},{" "}
                <span className="font-semibold text-bad">{formatProbability(reward)}</span>
              </>
            )}
          </span>
          <span className="shrink-0 text-2xs text-ink-3">{card.kind}</span>
        </span>
      </button>
    </li>
  );
}

/** What the page shows before there is anything to inspect. */
export function GalleryGrid() {
  const gallery = useGallery();
  return (
    <section
      aria-labelledby="gallery-heading"
      className="mx-auto flex w-full max-w-[1120px] flex-col gap-6 px-4 py-8 sm:px-8"
    >
      <div className="flex max-w-[62ch] flex-col gap-2">
        <h2
          id="gallery-heading"
          className="text-[22px] leading-8 font-semibold tracking-[-0.015em] text-balance"
        >
          See where a chain of thought breaks
        </h2>
        <p className="text-base text-ink-2">
          A step reward is a model’s estimate, from 0 to 1, that a chain does not go wrong inside that step.
          Paste a problem and a chain to score your own, or open one that is scored already.
        </p>
        {gallery.kind === "ready" && (
          <Button
            className="self-start"
            icon={<Route aria-hidden className="size-3.5" />}
            onClick={() => {
              openTour();
              revealMain();
            }}
          >
            Take the tour: six cards on a real chain
          </Button>
        )}
      </div>
      {gallery.kind === "failed" && (
        <p className="text-sm text-ink-2">The examples could not be loaded. Your own text works.</p>
      )}
      {gallery.kind === "ready" && (
        <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 min-[82rem]:grid-cols-3">
          {gallery.cards.map((card) => (
            <Card key={card.id} card={card} />
          ))}
        </ul>
      )}
    </section>
  );
}
