import type { ChainRecord } from "../../core/chain-record.ts";
import { prettyJson } from "../../core/pretty-json.ts";
import { Disclosure } from "../../ui/disclosure.tsx";
import { formatCount } from "../../ui/format-number.ts";

/** As much as anybody reads through; a log's events may be megabytes. */
const MAX_SHOWN = 20_000;

/** What the source says of a chain beyond what the page has a place for. */
export function SourceFields({ record: { rest } }: { readonly record: ChainRecord }) {
  if (Object.keys(rest).length === 0) {
    return null;
  }
  return (
    <Disclosure title={<span className="text-xs">Source fields</span>}>
      {() => <Fields rest={rest} />}
    </Disclosure>
  );
}

function Fields({ rest }: Pick<ChainRecord, "rest">) {
  const { text, isCut } = prettyJson(rest, MAX_SHOWN);
  return (
    <>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label="Other fields of this chain"
        className="max-h-48 overflow-y-auto rounded border border-line bg-surface px-2 py-1"
      >
        <pre dir="ltr" className="font-mono text-xs break-words whitespace-pre-wrap text-ink-2">
          {text}
        </pre>
      </section>
      {isCut && (
        <p className="pt-1 text-xs text-ink-3">
          Cut off after {formatCount(MAX_SHOWN)} characters; the file has the rest.
        </p>
      )}
    </>
  );
}
