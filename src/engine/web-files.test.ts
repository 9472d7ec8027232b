import { afterEach, describe, expect, it, vi } from "vitest";
import { provideWebModel } from "./web-files.ts";

afterEach(() => vi.unstubAllGlobals());

describe("a model that is asked for by name", () => {
  const ctx = { signal: new AbortController().signal, emit: () => undefined };

  it("is looked for only under a name that an address can hold", async () => {
    await expect(provideWebModel({ id: "my model" }, ctx)).rejects.toThrow(
      '"my model" is not the name of a model',
    );
  });

  it("is looked for in storage whatever it calls itself", async () => {
    const getDirectory = () => Promise.reject(new DOMException("no such folder", "NotFoundError"));
    vi.stubGlobal("navigator", { storage: { getDirectory } });
    await expect(provideWebModel({ id: "my model", stored: "my+20model--q4" }, ctx)).rejects.toThrow(
      "this browser keeps no files for the page",
    );
  });
});
