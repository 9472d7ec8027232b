import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface NoticeProps {
  readonly icon: ReactNode;
  readonly tone?: "plain" | "bad";
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly role?: "status" | "alert";
}

/** One sentence that the page owes the reader, with what there is to do about it. */
export function Notice({ icon, tone = "plain", children, action, role = "status" }: NoticeProps) {
  return (
    <div
      className={classNames(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md px-3 py-2 text-sm",
        tone === "bad" ? "bg-bad-soft text-ink" : "bg-sunken text-ink-2",
      )}
    >
      <span className={classNames("shrink-0", tone === "bad" ? "text-bad" : "text-ink-3")}>{icon}</span>
      <span role={role} className="min-w-0 flex-1 basis-40 break-words">
        {children}
      </span>
      {action}
    </div>
  );
}
