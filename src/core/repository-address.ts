/** What people paste to name a model on the Hugging Face Hub: its name, or the address of one of its pages. */
import { AppError } from "./errors.ts";
import { isRepositoryName } from "./model-name.ts";

export interface RepositoryAddress {
  /** `owner/name` */
  readonly repository: string;
  /** Branch, tag or commit that the address names; absent for the main branch. */
  readonly revision?: string;
}

const HOST = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)(?=\/|$)/i;

/** Pages of a repository: at a revision, which is the next part of the address, or of the whole. */
const PAGES: Readonly<Record<string, "of-revision" | "of-all">> = {
  tree: "of-revision",
  blob: "of-revision",
  resolve: "of-revision",
  raw: "of-revision",
  commit: "of-revision",
  commits: "of-revision",
  discussions: "of-all",
  settings: "of-all",
};

/** What the Hub has besides models, by the first part of the address. */
const NOT_MODELS: Readonly<Record<string, string>> = {
  datasets: "a data set",
  spaces: "a Space",
  collections: "a collection",
  papers: "a paper",
};

/** Requests that name no revision go to this one. */
const MAIN = "main";

/** Longer than any address that is one; more of it would only fill a message. */
const MAX_QUOTED = 120;

/**
 * Reads `owner/name`, with or without the Hub's address before it and a page's path after it.
 * @throws AppError `bad-input`, quoting the text, when it names something else.
 */
export function parseRepositoryAddress(text: string): RepositoryAddress {
  const quoted = `"${text.trim().slice(0, MAX_QUOTED)}"`;
  const [owner, name, page, ...rest] = partsOf(text);
  const other = Object.hasOwn(NOT_MODELS, owner ?? "") ? NOT_MODELS[owner ?? ""] : undefined;
  if (other !== undefined && name !== undefined) {
    throw new AppError("bad-input", `${quoted} is ${other} on the Hub, not a model`);
  }
  const repository = `${owner}/${name?.replace(/\.git$/, "")}`;
  const isPage = page === undefined || Object.hasOwn(PAGES, page);
  if (owner === undefined || name === undefined || !isRepositoryName(repository) || !isPage) {
    throw new AppError("bad-input", `${quoted} is not the name of a model on the Hub: owner/name`);
  }
  const revision = page !== undefined && PAGES[page] === "of-revision" ? revisionOf(rest) : undefined;
  return revision === undefined || revision === MAIN ? { repository } : { repository, revision };
}

/** The parts of the path, decoded; none of what is no path on the Hub. */
function partsOf(text: string): readonly string[] {
  const path = text
    .trim()
    .replace(HOST, "")
    .replace(/[?#].*$/s, "");
  // Another scheme, and so another host.
  if (path.includes("//")) {
    return [];
  }
  try {
    return path
      .split("/")
      .filter((part) => part !== "")
      .map(decodeURIComponent);
  } catch {
    return [];
  }
}

/** Branches have names without a slash here; only `refs/pr/1` and its like have more. */
function revisionOf(rest: readonly string[]): string | undefined {
  return rest[0] === "refs" ? rest.slice(0, 3).join("/") : rest[0];
}
