import { Fragment, type ReactNode, useRef } from "react";
import { useFocusHeir } from "../../ui/keep-focus.ts";

interface ModelRowProps {
  readonly name: ReactNode;
  readonly facts: readonly ReactNode[];
  readonly actions: ReactNode;
}

/** What takes the place of a row, or is left beside it. */
function neighbourOf(row: HTMLElement): Element | null {
  return row.nextElementSibling ?? row.previousElementSibling;
}

/** One model: its name, what there is to know in one line, and what can be done with it. */
export function ModelRow({ name, facts, actions }: ModelRowProps) {
  const ref = useRef<HTMLLIElement>(null);
  useFocusHeir(ref, neighbourOf);
  return (
    <li ref={ref} tabIndex={-1} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-sm font-semibold break-words">{name}</p>
        <p className="text-xs text-ink-3">
          {facts.map((fact, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a row do not change places
            <Fragment key={index}>
              {index > 0 && " · "}
              {fact}
            </Fragment>
          ))}
        </p>
      </div>
      <div className="flex items-center gap-1">{actions}</div>
    </li>
  );
}
