/** What the browser keeps of models, and the one that is being added. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { DtypeId } from "../core/dtypes.ts";
import type { WireError } from "../core/errors.ts";
import type { AddProgress, AddRequest, LibraryContents } from "../core/model-library.ts";
import type { ProtocolId } from "../core/protocols/index.ts";

/** The model being added, or the last one that could not be. */
export interface Addition {
  /** Repository, or the folder's name. */
  readonly name: string;
  readonly request: AddRequest;
  readonly progress: AddProgress | undefined;
  /** Why it ended; absent while it goes on. */
  readonly error: WireError | undefined;
}

/** What has become of a model, for those who do not see the list change. */
export interface LibraryNews {
  readonly kind: "added" | "not-added" | "stopped" | "deleted";
  readonly name: string;
}

export interface LibraryState {
  /** Undefined until the browser's storage has been read. */
  readonly contents: LibraryContents | undefined;
  /** Why the storage could not be read. */
  readonly error: WireError | undefined;
  /** One at a time: two conversions would only slow each other. */
  readonly addition: Addition | undefined;
  readonly news: LibraryNews | undefined;
  /** How the next one's weights will be stored. */
  readonly dtype: DtypeId;
  /** The next one's protocol, where a person named it; absent: told from the files. */
  readonly protocol: ProtocolId | undefined;
}

const NO_LIBRARY: LibraryState = {
  contents: undefined,
  error: undefined,
  addition: undefined,
  news: undefined,
  dtype: "q4",
  protocol: undefined,
};

export function showContents(state: LibraryState, contents: LibraryContents): LibraryState {
  return { ...state, contents, error: undefined };
}

export function failContents(state: LibraryState, error: WireError): LibraryState {
  return { ...state, error };
}

export function beginAddition(state: LibraryState, request: AddRequest): LibraryState {
  const name = request.from === "hub" ? request.repository : request.name;
  return { ...state, addition: { name, request, progress: undefined, error: undefined } };
}

/** Applies one progress event; ignored when nothing is being added. */
export function advanceAddition(state: LibraryState, progress: AddProgress): LibraryState {
  return isAdding(state) && state.addition ? { ...state, addition: { ...state.addition, progress } } : state;
}

/** @param how It ended; an error stays on the page, to be tried again or dismissed. */
export function endAddition(state: LibraryState, how: "added" | "stopped" | WireError): LibraryState {
  const { addition } = state;
  if (addition === undefined) {
    return state;
  }
  const { name } = addition;
  return typeof how === "string"
    ? { ...state, addition: undefined, news: { kind: how, name } }
    : { ...state, addition: { ...addition, error: how }, news: { kind: "not-added", name } };
}

/** Takes the last failure off the page. */
export function dismissFailure(state: LibraryState): LibraryState {
  return isAdding(state) ? state : { ...state, addition: undefined };
}

export function tellDeleted(state: LibraryState, name: string): LibraryState {
  return { ...state, news: { kind: "deleted", name } };
}

export function isAdding({ addition }: LibraryState): boolean {
  return addition !== undefined && addition.error === undefined;
}

export const libraryStore = createStore<LibraryState>()(() => NO_LIBRARY);

export function useLibrary<T>(select: (state: LibraryState) => T): T {
  return useStore(libraryStore, select);
}
