import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { classNames } from "./class-names.ts";

interface ScrollBoxProps {
  /** What is in it, for those who come to it by the Tab key. */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** What is wider than its place scrolls sideways; then, and only then, the keyboard can reach it, and an edge fades. */
export function ScrollBox({ label, className, children }: ScrollBoxProps) {
  const ref = useRef<HTMLElement>(null);
  const [isWider, setIsWider] = useState(false);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null) {
      return;
    }
    const measure = () => setIsWider(box.scrollWidth > box.clientWidth);
    measure();
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
      {...(isWider ? { tabIndex: 0, "aria-label": label } : {})}
      className={classNames(
        "relative min-w-0 overflow-x-auto print:overflow-visible",
        isWider && "fading-right print:mask-none",
        className,
      )}
    >
      {children}
    </section>
  );
}
