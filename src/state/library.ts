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

export interface LibraryState {
  /** Undefined until the browser's storage has been read. */
  readonly contents: LibraryContents | undefined;
  /** Why the storage could not be read. */
  readonly error: WireError | undefined;
  /** One at a time: two conversions would only slow each other. */
  readonly addition: Addition | undefined;
  /** How the next one's weights will be stored. */
  readonly dtype: DtypeId;
  /** The next one's protocol, where a person named it; absent: told from the files. */
  readonly protocol: ProtocolId | undefined;
}

const NO_LIBRARY: LibraryState = {
  contents: undefined,
  error: undefined,
  addition: undefined,
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

/** @param error Absent when it was added, or stopped by the person. */
export function endAddition(state: LibraryState, error: WireError | undefined): LibraryState {
  return {
    ...state,
    addition: error === undefined || !state.addition ? undefined : { ...state.addition, error },
  };
}

export function isAdding({ addition }: LibraryState): boolean {
  return addition !== undefined && addition.error === undefined;
}

export const libraryStore = createStore<LibraryState>()(() => NO_LIBRARY);

export function useLibrary<T>(select: (state: LibraryState) => T): T {
  return useStore(libraryStore, select);
}
