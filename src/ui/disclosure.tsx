import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { classNames } from "./class-names.ts";

interface DisclosureProps {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  /** Drawn only while open, so a heavy body costs nothing when closed. */
  readonly children: () => ReactNode;
  readonly className?: string;
}

export function Disclosure({ title, aside, children, className }: DisclosureProps) {
  const [isOpen, setIsOpen] = useState(false);
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    // What was asked for below the fold is brought into view; its beginning, when it is too tall.
    if (isOpen) {
      ref.current?.scrollIntoView({ block: "nearest" });
    }
  }, [isOpen]);
  return (
    <details
      ref={ref}
      className={className}
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary className="flex min-h-8 items-center gap-1 rounded text-sm font-medium text-ink-2 select-none hover:text-ink">
        <ChevronRight
          aria-hidden
          className={classNames(
            "size-4 shrink-0 text-ink-3 transition-transform duration-100",
            isOpen && "rotate-90",
          )}
        />
        <span className="min-w-0 flex-1">{title}</span>
        {aside}
      </summary>
      {isOpen && children()}
    </details>
  );
}
