import { Fragment, type ReactNode } from "react";

interface ModelRowProps {
  readonly name: ReactNode;
  readonly facts: readonly ReactNode[];
  readonly actions: ReactNode;
}

/** One model: its name, what there is to know in one line, and what can be done with it. */
export function ModelRow({ name, facts, actions }: ModelRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
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
