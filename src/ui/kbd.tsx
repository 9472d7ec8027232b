import type { ReactNode } from "react";

export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-grid h-4 min-w-4 place-items-center rounded border border-line-strong px-1 font-sans text-[10px] leading-none font-medium text-ink-2">
      {children}
    </kbd>
  );
}
