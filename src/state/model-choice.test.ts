import { expect, it } from "vitest";
import { isEmbedded, isHubModel, modelKey } from "./model-choice.ts";

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
