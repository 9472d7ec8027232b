import { expect, it } from "vitest";
import type { LibraryContents } from "../core/model-library.ts";
import { isDeleted, isEmbedded, isHubModel, modelKey } from "./model-choice.ts";

it("is on the Hub when its files are neither served by the page nor kept here", () => {
  expect(isHubModel({ id: "owner/name" })).toBe(true);
  expect(isHubModel({ id: "stepscope-prm", location: "https://example.org/models/stepscope-prm/" })).toBe(
    false,
  );
  expect(isHubModel({ id: "owner/name", stored: "owner--name--q4" })).toBe(false);
});

it("is the page's own by its name, unless a stored one has the same", () => {
  expect(isEmbedded({ id: "stepscope-prm", location: "https://example.org/models/stepscope-prm/" })).toBe(
    true,
  );
  expect(isEmbedded({ id: "stepscope-prm", stored: "stepscope-prm--q4" })).toBe(false);
  expect(isEmbedded({ id: "owner/name" })).toBe(false);
});

it("tells two dtypes of one repository apart", () => {
  const [q4, q8] = [
    { id: "owner/name", stored: "owner--name--q4" },
    { id: "owner/name", stored: "owner--name--q8" },
  ];
  expect(modelKey(q4)).not.toBe(modelKey(q8));
});

it("is deleted when it was kept here and the list, once read, lacks it", () => {
  const key = "owner--name--q4";
  const kept = {
    key,
    digest: "d",
    id: "owner/name",
    name: "name",
    protocol: "trl-prm",
    dtype: "q4",
    licence: "mit",
    size: 1,
  } as const;
  const device = { gpu: undefined, memory: undefined, storage: undefined };
  const contents: LibraryContents = { models: [kept], unfinished: [], damaged: [], device, used: 1 };
  const choice = { id: "owner/name", stored: key };
  expect(isDeleted(choice, contents)).toBe(false);
  expect(isDeleted(choice, { ...contents, models: [] })).toBe(true);
  expect(isDeleted(choice, undefined)).toBe(false);
  expect(isDeleted({ id: "owner/name" }, contents)).toBe(false);
});
