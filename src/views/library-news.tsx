import { type LibraryNews, useLibrary } from "../state/library.ts";

const WORDS = {
  added: "was added.",
  "not-added": "was not added.",
  stopped: "was cancelled.",
  deleted: "was deleted.",
} as const satisfies Record<LibraryNews["kind"], string>;

/** Tells those who do not see the list of models change what has become of one, wherever they are on the page. */
export function LibraryNewsLine() {
  const news = useLibrary((state) => state.news);
  return (
    <p role="status" aria-label="Models" className="sr-only">
      {news && `${news.kind === "stopped" ? "Adding " : ""}${news.name} ${WORDS[news.kind]}`}
    </p>
  );
}
