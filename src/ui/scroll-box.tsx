import { type ReactNode, useEffect, useRef, useState } from "react";
import { classNames } from "./class-names.ts";

interface ScrollBoxProps {
  /** What is in it, for those who reach it with the keyboard. */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** On which sides there is more than is shown. */
type Hidden = "none" | "left" | "right" | "both";

const FADES = {
  none: "",
  left: "mask-l-from-[calc(100%-2.5rem)]",
  right: "mask-r-from-[calc(100%-2.5rem)]",
  both: "mask-x-from-[calc(100%-2.5rem)]",
} as const satisfies Record<Hidden, string>;

function hiddenIn({ scrollLeft, scrollWidth, clientWidth }: HTMLElement): Hidden {
  const isLeft = scrollLeft > 1;
  const isRight = scrollLeft + clientWidth < scrollWidth - 1;
  return isLeft ? (isRight ? "both" : "left") : isRight ? "right" : "none";
}

/** Scrolls sideways when it has to: then its cut edges fade, and the arrow keys reach what is behind them. */
export function ScrollBox({ label, className, children }: ScrollBoxProps) {
  const ref = useRef<HTMLElement>(null);
  const [hidden, setHidden] = useState<Hidden>("none");
  useEffect(() => {
    const box = ref.current;
    if (box === null) {
      return;
    }
    const measure = () => setHidden(hiddenIn(box));
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    for (const child of box.children) {
      observer.observe(child);
    }
    return () => observer.disconnect();
  }, []);
  return (
    <section
      ref={ref}
      aria-label={label}
      tabIndex={hidden === "none" ? undefined : 0}
      data-hidden={hidden}
      onScroll={({ currentTarget }) => setHidden(hiddenIn(currentTarget))}
      className={classNames("relative overflow-x-auto", FADES[hidden], className)}
    >
      {children}
    </section>
  );
}
