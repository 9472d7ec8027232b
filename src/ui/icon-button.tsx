import type { ButtonHTMLAttributes, ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does, for those who do not see the icon. */
  readonly label: string;
  readonly icon: ReactNode;
}

/** A quiet square with nothing but an icon. */
export function IconButton({ label, icon, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      className={classNames(
        "grid size-6 shrink-0 place-items-center rounded text-ink-3 hover:bg-sunken hover:text-ink print:hidden",
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  );
}
