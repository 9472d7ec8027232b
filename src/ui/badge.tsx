import type { HTMLAttributes, ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface BadgeProps extends HTMLAttributes<HTMLSpanElement> {
  readonly icon?: ReactNode;
  readonly tone?: "plain" | "good" | "bad";
}

const TONES = { plain: "text-ink-2", good: "text-good", bad: "text-bad" } as const;

/** A quiet fact in the header: an icon and a few words. The whole story is in its title. */
export function Badge({ icon, tone = "plain", className, children, ...rest }: BadgeProps) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 whitespace-nowrap text-xs",
        TONES[tone],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </span>
  );
}
