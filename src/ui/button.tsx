import type { ButtonHTMLAttributes, ReactNode } from "react";
import { classNames } from "./class-names.ts";

type ButtonKind = "primary" | "plain" | "quiet" | "link";

const KINDS = {
  primary: "h-9 px-4 rounded-md bg-ink text-surface font-semibold hover:bg-ink-2 disabled:opacity-40",
  plain:
    "h-8 px-3 rounded-md border border-line-strong bg-raised text-ink font-medium hover:border-ink-3 disabled:opacity-40",
  quiet: "h-8 px-2 rounded-md text-ink-2 font-medium hover:bg-sunken hover:text-ink disabled:opacity-40",
  link: "text-ink underline decoration-line-strong underline-offset-[3px] hover:decoration-ink",
} as const satisfies Record<ButtonKind, string>;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: ButtonKind;
  readonly icon?: ReactNode;
}

export function Button({ kind = "plain", icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      data-kind={kind}
      className={classNames(
        "inline-flex items-center justify-center gap-1.5 whitespace-nowrap transition-colors duration-100",
        KINDS[kind],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
