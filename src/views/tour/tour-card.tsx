import { X } from "lucide-react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { closeTour, turnCard } from "../../actions/tour.ts";
import { useTour } from "../../state/tour.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { isOneColumn } from "../reveal-main.ts";
import { PANE_NAMES, TOUR_CARDS, type TourCard } from "./cards.ts";

/** One card of the tour over the page, which stays usable. */
export function TourCardView() {
  const place = useTour((state) => state.card);
  const card = place === undefined ? undefined : TOUR_CARDS[place];
  return place === undefined || card === undefined ? null : <OpenCard place={place} card={card} />;
}

/** Has the focus from when the tour begins; what had it before has it again when the tour ends in here. */
function OpenCard({ place, card }: { readonly place: number; readonly card: TourCard }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = box.current;
    const before = document.activeElement;
    shown?.focus();
    return () => {
      if (before instanceof HTMLElement && shown?.contains(document.activeElement)) {
        before.focus();
      }
    };
  }, []);
  const { target } = card;
  useEffect(() => {
    if (isOneColumn()) {
      const pane = `section[aria-label="${PANE_NAMES[target]}"]`;
      requestAnimationFrame(() => document.querySelector(pane)?.scrollIntoView({ block: "start" }));
    }
  }, [target]);
  const isLast = place === TOUR_CARDS.length - 1;
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={`Tour, card ${place + 1} of ${TOUR_CARDS.length}`}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          closeTour();
        }
      }}
      className="fixed right-4 bottom-4 z-40 w-[min(23rem,calc(100vw-2rem))] rounded-xl border border-line-strong bg-raised p-5 shadow-xl outline-none print:hidden"
    >
      <div className="mb-1.5 flex items-start justify-between gap-3">
        <h2 className="text-base font-semibold">{card.title}</h2>
        <IconButton label="End the tour" icon={<X aria-hidden className="size-3.5" />} onClick={closeTour} />
      </div>
      <p aria-live="polite" className="text-sm text-pretty text-ink-2">
        {card.text}
      </p>
      <div className="mt-4 flex items-center gap-2">
        <span className="mr-auto text-xs text-ink-3">
          {place + 1} of {TOUR_CARDS.length}
        </span>
        {place > 0 && (
          <Button kind="quiet" className="h-8 text-sm" onClick={() => turnCard(place - 1)}>
            Back
          </Button>
        )}
        <Button
          kind="primary"
          className="h-8 text-sm"
          onClick={() => (isLast ? closeTour() : turnCard(place + 1))}
        >
          {isLast ? "Done" : "Next"}
        </Button>
      </div>
    </div>
  );
}
